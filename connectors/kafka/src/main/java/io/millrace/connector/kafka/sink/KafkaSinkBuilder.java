package io.millrace.connector.kafka.sink;

import io.millrace.api.sink.DeliveryGuarantee;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings of a {@link KafkaSink}. Servers and serializer are needed. Not thread-safe. */
public class KafkaSinkBuilder<IN> {
    /** Kafka's limit for ids is 2^15; the rest of an id takes about 120. */
    private static final int LONGEST_PREFIX_BYTES = 10_000;

    private final Map<String, String> client = new TreeMap<>();
    private DeliveryGuarantee guarantee = DeliveryGuarantee.NONE;
    private String transactionalIdPrefix;
    private TransactionNamingStrategy naming = TransactionNamingStrategy.DEFAULT;
    private KafkaRecordSerializationSchema<IN> schema;
    private boolean logsFailuresOnly;

    KafkaSinkBuilder() {}

    /** {@link DeliveryGuarantee#NONE} unless set. */
    public KafkaSinkBuilder<IN> setDeliveryGuarantee(DeliveryGuarantee deliveryGuarantee) {
        this.guarantee = Objects.requireNonNull(deliveryGuarantee, "deliveryGuarantee");
        return this;
    }

    /** Adds Kafka's own settings, for the producers and the clients beside them. */
    public KafkaSinkBuilder<IN> setKafkaProducerConfig(Properties props) {
        for (String key : props.stringPropertyNames()) {
            setProperty(key, props.getProperty(key));
        }
        // Values that are no text, which Properties hides from the names above.
        props.forEach((key, value) -> client.putIfAbsent(key.toString(), value.toString()));
        requireNoSerializers();
        return this;
    }

    public KafkaSinkBuilder<IN> setProperty(String key, String value) {
        Objects.requireNonNull(key, "key");
        client.put(key, Objects.requireNonNull(value, key));
        requireNoSerializers();
        return this;
    }

    private void requireNoSerializers() {
        for (String key :
                new String[] {
                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                    ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG
                }) {
            String value = client.get(key);
            if (value != null && !value.endsWith(".ByteArraySerializer")) {
                throw new IllegalArgumentException(
                        key
                                + " is "
                                + value
                                + ", but the sink hands bytes to the producer. Set the serializer"
                                + " in the KafkaRecordSerializationSchema: setKafkaKeySerializer,"
                                + " setKafkaValueSerializer.");
            }
        }
    }

    public KafkaSinkBuilder<IN> setBootstrapServers(String bootstrapServers) {
        return setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }

    /**
     * What all ids of transactions begin with; needed for exactly-once. Access lists of brokers may
     * name it. Ids also have the job, the operator, the subtask and the attempt, so that a prefix
     * may be used by many sinks and jobs.
     */
    public KafkaSinkBuilder<IN> setTransactionalIdPrefix(String transactionalIdPrefix) {
        Objects.requireNonNull(transactionalIdPrefix, "transactionalIdPrefix");
        int bytes = transactionalIdPrefix.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > LONGEST_PREFIX_BYTES) {
            throw new IllegalArgumentException(
                    "The prefix of transactional ids has "
                            + bytes
                            + " bytes, but must have 1 to "
                            + LONGEST_PREFIX_BYTES
                            + ".");
        }
        this.transactionalIdPrefix = transactionalIdPrefix;
        return this;
    }

    public KafkaSinkBuilder<IN> setTransactionNamingStrategy(
            TransactionNamingStrategy transactionNamingStrategy) {
        this.naming =
                Objects.requireNonNull(transactionNamingStrategy, "transactionNamingStrategy");
        return this;
    }

    @SuppressWarnings("unchecked") // a schema of T writes records of IN, which are T
    public <T extends IN> KafkaSinkBuilder<T> setRecordSerializer(
            KafkaRecordSerializationSchema<T> recordSerializer) {
        KafkaSinkBuilder<T> self = (KafkaSinkBuilder<T>) this;
        self.schema = Objects.requireNonNull(recordSerializer, "recordSerializer");
        return self;
    }

    /** For the older name of the sink. */
    KafkaSinkBuilder<IN> logFailuresOnly() {
        logsFailuresOnly = true;
        return this;
    }

    /**
     * @throws IllegalStateException if something is missing
     */
    public KafkaSink<IN> build() {
        if (!client.containsKey(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new IllegalStateException(
                    "A Kafka sink needs brokers: call setBootstrapServers.");
        }
        if (schema == null) {
            throw new IllegalStateException(
                    "A Kafka sink needs to know how records are written: call"
                            + " setRecordSerializer.");
        }
        if (guarantee == DeliveryGuarantee.EXACTLY_ONCE && transactionalIdPrefix == null) {
            throw new IllegalStateException(
                    "Exactly-once uses transactions: call setTransactionalIdPrefix.");
        }
        if (guarantee == DeliveryGuarantee.EXACTLY_ONCE && logsFailuresOnly) {
            throw new IllegalStateException(
                    "Exactly-once does not go with failures that are only logged: those records"
                            + " would be missing. Leave out setLogFailuresOnly.");
        }
        return new KafkaSink<>(
                new KafkaSinkSettings<>(
                        client,
                        guarantee,
                        transactionalIdPrefix,
                        naming,
                        schema,
                        logsFailuresOnly));
    }
}
