package io.millrace.connector.kafka.source;

import io.millrace.api.source.BackedBySource;
import io.millrace.api.source.RichParallelSourceFunction;
import io.millrace.api.source.Source;
import io.millrace.api.time.AssignerStrategy;
import io.millrace.api.time.AssignerWithPeriodicWatermarks;
import io.millrace.api.time.AssignerWithPunctuatedWatermarks;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * The older shape of a {@link KafkaSource}, which reads in its place: {@code addSource} takes the
 * source that this describes. Not thread-safe; not changed after it was added.
 */
@SuppressWarnings("deprecation") // the older shape of everything around it
public abstract class FlinkKafkaConsumerBase<T> extends RichParallelSourceFunction<T>
        implements ResultTypeQueryable<T>, BackedBySource<T> {
    /** Milliseconds between two looks for new partitions; none unless it is set. */
    public static final String KEY_PARTITION_DISCOVERY_INTERVAL_MILLIS =
            "flink.partition-discovery.interval-millis";

    /** Among the values of {@link #KEY_PARTITION_DISCOVERY_INTERVAL_MILLIS}: nobody looks. */
    public static final long PARTITION_DISCOVERY_DISABLED = Long.MIN_VALUE;

    /** Whether to leave the client's own metrics out. */
    public static final String KEY_DISABLE_METRICS = "flink.disable-metrics";

    private static final long serialVersionUID = 1L;

    private final KafkaSubscriber subscriber;
    private final KafkaDeserializationSchema<T> schema;
    private final Properties properties = new Properties();

    /** Null for what the group has committed, the default. */
    private OffsetsInitializer start;

    private boolean commitOffsets = true;
    private WatermarkStrategy<T> watermarks = WatermarkStrategy.noWatermarks();

    FlinkKafkaConsumerBase(
            KafkaSubscriber subscriber,
            KafkaDeserializationSchema<T> schema,
            Properties properties) {
        this.subscriber = subscriber;
        this.schema = Objects.requireNonNull(schema, "deserialization schema");
        for (String name : properties.stringPropertyNames()) {
            this.properties.setProperty(name, properties.getProperty(name));
        }
        properties.forEach(
                (name, value) ->
                        this.properties.setProperty(String.valueOf(name), String.valueOf(value)));
    }

    /** Timestamps and watermarks of each partition by itself; they follow the slowest. */
    public FlinkKafkaConsumerBase<T> assignTimestampsAndWatermarks(
            WatermarkStrategy<T> watermarkStrategy) {
        this.watermarks = Objects.requireNonNull(watermarkStrategy);
        return this;
    }

    /**
     * The assigner's time is one for all partitions of a subtask.
     *
     * @deprecated use a {@link WatermarkStrategy}, which has the time of each partition
     */
    @Deprecated
    public FlinkKafkaConsumerBase<T> assignTimestampsAndWatermarks(
            AssignerWithPunctuatedWatermarks<T> assigner) {
        return assignTimestampsAndWatermarks(new AssignerStrategy<>(assigner));
    }

    /**
     * The assigner's time is one for all partitions of a subtask.
     *
     * @deprecated use a {@link WatermarkStrategy}, which has the time of each partition
     */
    @Deprecated
    public FlinkKafkaConsumerBase<T> assignTimestampsAndWatermarks(
            AssignerWithPeriodicWatermarks<T> assigner) {
        return assignTimestampsAndWatermarks(new AssignerStrategy<>(assigner));
    }

    /** Whether the group is told what a checkpoint has read. The default. */
    public FlinkKafkaConsumerBase<T> setCommitOffsetsOnCheckpoints(boolean commitOnCheckpoints) {
        this.commitOffsets = commitOnCheckpoints;
        return this;
    }

    public boolean getEnableCommitOnCheckpoints() {
        return commitOffsets;
    }

    public FlinkKafkaConsumerBase<T> setStartFromEarliest() {
        return startFrom(OffsetsInitializer.earliest());
    }

    public FlinkKafkaConsumerBase<T> setStartFromLatest() {
        return startFrom(OffsetsInitializer.latest());
    }

    /**
     * @param startupOffsetsTimestamp in milliseconds since the epoch
     */
    public FlinkKafkaConsumerBase<T> setStartFromTimestamp(long startupOffsetsTimestamp) {
        return startFrom(OffsetsInitializer.timestamp(startupOffsetsTimestamp));
    }

    /**
     * The default: what the group has committed, and for partitions without what {@code
     * auto.offset.reset} says, which is {@code latest}.
     */
    public FlinkKafkaConsumerBase<T> setStartFromGroupOffsets() {
        return startFrom(null);
    }

    /** These; partitions that are not named as {@link #setStartFromGroupOffsets} has it. */
    public FlinkKafkaConsumerBase<T> setStartFromSpecificOffsets(
            Map<KafkaTopicPartition, Long> specificStartupOffsets) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        specificStartupOffsets.forEach(
                (partition, offset) -> offsets.put(partition.toKafka(), offset));
        return startFrom(OffsetsInitializer.offsets(offsets, resetStrategy()));
    }

    private FlinkKafkaConsumerBase<T> startFrom(OffsetsInitializer initializer) {
        this.start = initializer;
        return this;
    }

    /**
     * Has no effect: partitions that a checkpoint has are read on, also if they are not among those
     * of the program any more.
     */
    public FlinkKafkaConsumerBase<T> disableFilterRestoredPartitionsWithSubscribedTopics() {
        return this;
    }

    private OffsetResetStrategy resetStrategy() {
        String reset =
                properties.getProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest").trim();
        return OffsetResetStrategy.valueOf(reset.toUpperCase(Locale.ROOT));
    }

    @Override
    public Source<T, ?, ?> source() {
        boolean group = properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG) != null;
        OffsetsInitializer begin = start;
        if (begin == null) {
            begin =
                    group
                            ? OffsetsInitializer.committedOffsets(resetStrategy())
                            : new EdgeOffsets(resetStrategy());
        }
        String discovery = properties.getProperty(KEY_PARTITION_DISCOVERY_INTERVAL_MILLIS, "-1");
        boolean quiet = Boolean.parseBoolean(properties.getProperty(KEY_DISABLE_METRICS, "false"));
        return KafkaSource.<T>builder()
                .setKafkaSubscriber(subscriber)
                .setDeserializer(new EndingSchema<>(schema))
                .setStartingOffsets(begin)
                .setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), discovery)
                .setProperty(
                        KafkaSourceOptions.REGISTER_KAFKA_CONSUMER_METRICS.key(),
                        String.valueOf(!quiet))
                .setProperty(
                        KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(),
                        String.valueOf(commitOffsets))
                .setProperties(properties)
                .build();
    }

    @Override
    public WatermarkStrategy<T> watermarks() {
        return watermarks;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return schema.getProducedType();
    }

    /**
     * Never called by the engine, which reads {@link #source}.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void run(SourceContext<T> sourceContext) {
        throw new UnsupportedOperationException(
                getClass().getSimpleName()
                        + " is read as a KafkaSource. Give it to addSource itself, not to another"
                        + " function that calls it.");
    }

    @Override
    public void cancel() {
        // The source that is read in its place ends with its reader.
    }
}
