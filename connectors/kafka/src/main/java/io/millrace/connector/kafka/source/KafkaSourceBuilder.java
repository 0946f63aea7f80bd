package io.millrace.connector.kafka.source;

import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.source.Boundedness;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;

/**
 * Builds a {@link KafkaSource}. Bootstrap servers, one of topics, pattern or partitions, and a
 * deserializer are needed; the source begins with the first records and never ends unless it is
 * told otherwise. Not thread-safe.
 */
public class KafkaSourceBuilder<OUT> {
    private final Properties props = new Properties();

    /** Null before it is set, as the deserializer. */
    private KafkaSubscriber subscriber;

    private KafkaRecordDeserializationSchema<OUT> deserializationSchema;
    private OffsetsInitializer startingOffsets = OffsetsInitializer.earliest();
    private OffsetsInitializer stoppingOffsets = new NoStoppingOffsets();
    private Boundedness boundedness = Boundedness.CONTINUOUS_UNBOUNDED;
    private CorruptRecords corruptRecords = CorruptRecords.fail();
    private SerializableSupplier<String> rackIdSupplier;

    KafkaSourceBuilder() {}

    /**
     * @param bootstrapServers {@code host:port}, with commas between
     */
    public KafkaSourceBuilder<OUT> setBootstrapServers(String bootstrapServers) {
        return setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }

    /** The group that is told what has been read, and whose committed offsets may be the start. */
    public KafkaSourceBuilder<OUT> setGroupId(String groupId) {
        return setProperty(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    }

    /** All partitions of topics that exist. */
    public KafkaSourceBuilder<OUT> setTopics(List<String> topics) {
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("A source reads at least one topic.");
        }
        return subscribe(KafkaSubscriber.getTopicListSubscriber(topics));
    }

    public KafkaSourceBuilder<OUT> setTopics(String... topics) {
        return setTopics(Arrays.asList(topics));
    }

    /** All partitions of all topics whose whole name matches, also of those that come later. */
    public KafkaSourceBuilder<OUT> setTopicPattern(Pattern topicPattern) {
        return subscribe(
                KafkaSubscriber.getTopicPatternSubscriber(Objects.requireNonNull(topicPattern)));
    }

    /** These partitions only. */
    public KafkaSourceBuilder<OUT> setPartitions(Set<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            throw new IllegalArgumentException("A source reads at least one partition.");
        }
        return subscribe(KafkaSubscriber.getPartitionSetSubscriber(partitions));
    }

    /** What a subscriber of the program's own says. */
    public KafkaSourceBuilder<OUT> setKafkaSubscriber(KafkaSubscriber kafkaSubscriber) {
        return subscribe(kafkaSubscriber);
    }

    private KafkaSourceBuilder<OUT> subscribe(KafkaSubscriber to) {
        if (subscriber != null) {
            throw new IllegalStateException(
                    "The source reads "
                            + subscriber
                            + " already: topics, a pattern and partitions exclude each other.");
        }
        subscriber = Objects.requireNonNull(to);
        return this;
    }

    /** Where reading begins. Default: {@link OffsetsInitializer#earliest}. */
    public KafkaSourceBuilder<OUT> setStartingOffsets(OffsetsInitializer startingOffsets) {
        this.startingOffsets = Objects.requireNonNull(startingOffsets);
        return this;
    }

    /** The source reads up to these offsets and waits there for ever. */
    public KafkaSourceBuilder<OUT> setUnbounded(OffsetsInitializer stoppingOffsets) {
        this.boundedness = Boundedness.CONTINUOUS_UNBOUNDED;
        this.stoppingOffsets = Objects.requireNonNull(stoppingOffsets);
        return this;
    }

    /** The source reads up to these offsets, of the partitions that are there now, and ends. */
    public KafkaSourceBuilder<OUT> setBounded(OffsetsInitializer stoppingOffsets) {
        this.boundedness = Boundedness.BOUNDED;
        this.stoppingOffsets = Objects.requireNonNull(stoppingOffsets);
        return this;
    }

    public KafkaSourceBuilder<OUT> setDeserializer(
            KafkaRecordDeserializationSchema<OUT> recordDeserializer) {
        this.deserializationSchema = Objects.requireNonNull(recordDeserializer);
        return this;
    }

    /** By a schema for the value alone. */
    public KafkaSourceBuilder<OUT> setValueOnlyDeserializer(
            io.millrace.api.serialization.DeserializationSchema<OUT> deserializationSchema) {
        return setDeserializer(KafkaRecordDeserializationSchema.valueOnly(deserializationSchema));
    }

    /** What the ids of the source's clients begin with. Default: the group, or a random one. */
    public KafkaSourceBuilder<OUT> setClientIdPrefix(String prefix) {
        return setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), prefix);
    }

    /**
     * Gives the {@code client.rack} of a reader, on its host, so that it reads from near brokers.
     */
    public KafkaSourceBuilder<OUT> setRackIdSupplier(SerializableSupplier<String> rackIdCallback) {
        this.rackIdSupplier = rackIdCallback;
        return this;
    }

    /** Records that the deserializer cannot read. Default: {@link CorruptRecords#fail}. */
    public KafkaSourceBuilder<OUT> setCorruptRecords(CorruptRecords policy) {
        this.corruptRecords = Objects.requireNonNull(policy);
        return this;
    }

    /**
     * A property of Kafka's consumer, or one of {@link KafkaSourceOptions}. The deserializers of
     * keys and values, {@code client.id} and {@code auto.offset.reset} are the source's own, and
     * what is given for them has no effect: see {@link #setDeserializer}, {@link
     * #setClientIdPrefix}, and the strategies of {@link OffsetsInitializer}.
     */
    public KafkaSourceBuilder<OUT> setProperty(String key, String value) {
        props.setProperty(key, value);
        return this;
    }

    public KafkaSourceBuilder<OUT> setProperties(Properties props) {
        for (Map.Entry<Object, Object> property : props.entrySet()) {
            this.props.setProperty(
                    String.valueOf(property.getKey()), String.valueOf(property.getValue()));
        }
        // Defaults of the properties, which are not among their entries.
        for (String name : props.stringPropertyNames()) {
            this.props.setProperty(name, props.getProperty(name));
        }
        return this;
    }

    /**
     * @throws NullPointerException naming what is missing
     */
    public KafkaSource<OUT> build() {
        Objects.requireNonNull(
                props.getProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG),
                "The source has no brokers: setBootstrapServers(\"host:port\").");
        Objects.requireNonNull(
                subscriber,
                "The source has nothing to read: setTopics(…), setTopicPattern(…) or"
                        + " setPartitions(…).");
        Objects.requireNonNull(
                deserializationSchema,
                "The source has no deserializer: setValueOnlyDeserializer(…) or"
                        + " setDeserializer(…).");
        Properties all = new Properties();
        all.putAll(props);
        all.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
        all.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        String group = all.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
        all.putIfAbsent(
                KafkaSourceOptions.CLIENT_ID_PREFIX.key(),
                (group == null ? "KafkaSource" : group)
                        + "-"
                        + UUID.randomUUID().toString().substring(0, 8));
        for (OffsetsInitializer each : List.of(startingOffsets, stoppingOffsets)) {
            if (each instanceof OffsetsInitializerValidator checking) {
                checking.validate(all);
            }
        }
        KafkaSourceSettings settings =
                new KafkaSourceSettings(
                        subscriber,
                        new StartAndStop(startingOffsets, stoppingOffsets),
                        boundedness,
                        all);
        settings.discoveryIntervalMs(); // says what is wrong with it
        return new KafkaSource<>(settings, deserializationSchema, corruptRecords, rackIdSupplier);
    }
}
