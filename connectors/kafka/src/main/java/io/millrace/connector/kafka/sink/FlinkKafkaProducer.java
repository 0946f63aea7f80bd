package io.millrace.connector.kafka.sink;

import io.millrace.api.serialization.SerializationSchema;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkOfFunction;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A Kafka sink under its older name, for {@code addSink}: the same as {@link KafkaSink}, which does
 * the work. Not thread-safe while it is set up.
 *
 * @deprecated use {@link KafkaSink}
 */
@Deprecated
public class FlinkKafkaProducer<IN> extends SinkOfFunction<IN> {
    private static final long serialVersionUID = 1L;

    /** Has no meaning here: producers are made as they are needed. */
    public static final int DEFAULT_KAFKA_PRODUCERS_POOL_SIZE = 5;

    /** Among the client's properties: whether to leave its own metrics out. */
    public static final String KEY_DISABLE_METRICS = KafkaSinkSettings.DISABLE_METRICS;

    private static final String DEFAULT_PREFIX = "millrace";

    private final Properties client;
    private final Semantic semantic;
    private final KafkaRecordSerializationSchema<IN> schema;
    private boolean writesTimestamps;
    private boolean logsFailuresOnly;
    private String transactionalIdPrefix = DEFAULT_PREFIX;

    /** What is promised about each record. */
    public enum Semantic {
        EXACTLY_ONCE(DeliveryGuarantee.EXACTLY_ONCE),
        AT_LEAST_ONCE(DeliveryGuarantee.AT_LEAST_ONCE),
        NONE(DeliveryGuarantee.NONE);

        private final DeliveryGuarantee guarantee;

        Semantic(DeliveryGuarantee guarantee) {
            this.guarantee = guarantee;
        }
    }

    /** Values only, a partition of the topic for each subtask. At least once. */
    public FlinkKafkaProducer(
            String brokerList, String topicId, SerializationSchema<IN> serializationSchema) {
        this(topicId, serializationSchema, servers(brokerList));
    }

    public FlinkKafkaProducer(
            String topicId,
            SerializationSchema<IN> serializationSchema,
            Properties producerConfig) {
        this(
                topicId,
                serializationSchema,
                producerConfig,
                Optional.of(new FlinkFixedPartitioner<>()));
    }

    /**
     * @param customPartitioner empty if the client chooses partitions
     */
    public FlinkKafkaProducer(
            String topicId,
            SerializationSchema<IN> serializationSchema,
            Properties producerConfig,
            Optional<FlinkKafkaPartitioner<IN>> customPartitioner) {
        this(
                topicId,
                serializationSchema,
                producerConfig,
                customPartitioner.orElse(null),
                Semantic.AT_LEAST_ONCE,
                DEFAULT_KAFKA_PRODUCERS_POOL_SIZE);
    }

    /**
     * @param customPartitioner null if the client chooses partitions
     * @param kafkaProducersPoolSize without effect: producers are made as they are needed
     */
    public FlinkKafkaProducer(
            String topicId,
            SerializationSchema<IN> serializationSchema,
            Properties producerConfig,
            FlinkKafkaPartitioner<IN> customPartitioner,
            Semantic semantic,
            int kafkaProducersPoolSize) {
        this(
                new PartwiseSerializationSchema<>(
                        each -> topicId, customPartitioner, null, serializationSchema, null),
                producerConfig,
                semantic);
    }

    /** Keys and values, a partition of the topic for each subtask. At least once. */
    public FlinkKafkaProducer(
            String brokerList, String topicId, KeyedSerializationSchema<IN> serializationSchema) {
        this(topicId, serializationSchema, servers(brokerList));
    }

    public FlinkKafkaProducer(
            String topicId,
            KeyedSerializationSchema<IN> serializationSchema,
            Properties producerConfig) {
        this(topicId, serializationSchema, producerConfig, Semantic.AT_LEAST_ONCE);
    }

    public FlinkKafkaProducer(
            String topicId,
            KeyedSerializationSchema<IN> serializationSchema,
            Properties producerConfig,
            Semantic semantic) {
        this(
                topicId,
                serializationSchema,
                producerConfig,
                Optional.of(new FlinkFixedPartitioner<>()),
                semantic,
                DEFAULT_KAFKA_PRODUCERS_POOL_SIZE);
    }

    /**
     * @param customPartitioner empty if the client chooses partitions
     */
    public FlinkKafkaProducer(
            String defaultTopicId,
            KeyedSerializationSchema<IN> serializationSchema,
            Properties producerConfig,
            Optional<FlinkKafkaPartitioner<IN>> customPartitioner) {
        this(
                defaultTopicId,
                serializationSchema,
                producerConfig,
                customPartitioner,
                Semantic.AT_LEAST_ONCE,
                DEFAULT_KAFKA_PRODUCERS_POOL_SIZE);
    }

    /**
     * @param defaultTopicId of records for which the schema names no topic
     * @param customPartitioner empty if the client chooses partitions
     * @param kafkaProducersPoolSize without effect: producers are made as they are needed
     */
    public FlinkKafkaProducer(
            String defaultTopicId,
            KeyedSerializationSchema<IN> serializationSchema,
            Properties producerConfig,
            Optional<FlinkKafkaPartitioner<IN>> customPartitioner,
            Semantic semantic,
            int kafkaProducersPoolSize) {
        this(
                new PartwiseSerializationSchema<>(
                        each -> {
                            String named = serializationSchema.getTargetTopic(each);
                            return named == null ? defaultTopicId : named;
                        },
                        customPartitioner.orElse(null),
                        serializationSchema::serializeKey,
                        serializationSchema::serializeValue,
                        null),
                producerConfig,
                semantic);
    }

    /**
     * @param defaultTopic not used: the schema names the topic of each record
     */
    public FlinkKafkaProducer(
            String defaultTopic,
            KafkaSerializationSchema<IN> serializationSchema,
            Properties producerConfig,
            Semantic semantic) {
        this(
                defaultTopic,
                serializationSchema,
                producerConfig,
                semantic,
                DEFAULT_KAFKA_PRODUCERS_POOL_SIZE);
    }

    /**
     * @param defaultTopic not used: the schema names the topic of each record
     * @param kafkaProducersPoolSize without effect: producers are made as they are needed
     */
    public FlinkKafkaProducer(
            String defaultTopic,
            KafkaSerializationSchema<IN> serializationSchema,
            Properties producerConfig,
            Semantic semantic,
            int kafkaProducersPoolSize) {
        this(new OlderSerializationSchema<>(serializationSchema), producerConfig, semantic);
    }

    private FlinkKafkaProducer(
            KafkaRecordSerializationSchema<IN> schema, Properties client, Semantic semantic) {
        this.schema = schema;
        this.client = Objects.requireNonNull(client, "producerConfig");
        this.semantic = Objects.requireNonNull(semantic, "semantic");
    }

    private static Properties servers(String brokerList) {
        Properties client = new Properties();
        client.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokerList);
        return client;
    }

    /** Writes the time of records, which else is the one of the client. */
    public void setWriteTimestampToKafka(boolean writeTimestampToKafka) {
        this.writesTimestamps = writeTimestampToKafka;
    }

    /** Failures of writing are only logged, and those records are missing; not for exactly-once. */
    public void setLogFailuresOnly(boolean logFailuresOnly) {
        this.logsFailuresOnly = logFailuresOnly;
    }

    /** What ids of transactions begin with; {@code millrace} unless set. */
    public void setTransactionalIdPrefix(String transactionalIdPrefix) {
        this.transactionalIdPrefix = Objects.requireNonNull(transactionalIdPrefix);
    }

    /**
     * Refused: data that brokers have aborted is lost, and is never passed over in silence.
     *
     * @throws UnsupportedOperationException always
     */
    public FlinkKafkaProducer<IN> ignoreFailuresAfterTransactionTimeout() {
        throw new UnsupportedOperationException(
                "Lost transactions are not ignored: the job would go on as if its records were"
                        + " there. See docs/connectors/kafka.md on what to do about lost records.");
    }

    @Override
    public Sink<IN> sink() {
        KafkaSinkBuilder<IN> builder =
                KafkaSink.<IN>builder()
                        .setKafkaProducerConfig(client)
                        .setDeliveryGuarantee(semantic.guarantee)
                        .setTransactionalIdPrefix(transactionalIdPrefix)
                        .setRecordSerializer(
                                writesTimestamps || schema instanceof OlderSerializationSchema
                                        ? schema
                                        : new UntimedSerializationSchema<>(schema));
        return logsFailuresOnly ? builder.logFailuresOnly().build() : builder.build();
    }
}
