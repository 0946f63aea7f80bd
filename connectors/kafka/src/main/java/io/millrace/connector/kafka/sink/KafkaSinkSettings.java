package io.millrace.connector.kafka.sink;

import io.millrace.api.sink.DeliveryGuarantee;
import java.io.Serializable;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What a sink was built with. Immutable.
 *
 * @param client what the program set, by Kafka's keys
 * @param transactionalIdPrefix null if no transactions are used
 * @param logsFailuresOnly whether records that could not be written are passed over
 */
record KafkaSinkSettings<IN>(
        Map<String, String> client,
        DeliveryGuarantee guarantee,
        String transactionalIdPrefix,
        TransactionNamingStrategy naming,
        KafkaRecordSerializationSchema<IN> schema,
        boolean logsFailuresOnly)
        implements Serializable {
    /** What brokers allow unless they are configured otherwise, in milliseconds. */
    static final int DEFAULT_TRANSACTION_TIMEOUT_MS = 900_000;

    /**
     * Kafka's own is 16 KiB: 150 records of 100 bytes, for each of which a request is put together,
     * a thread woken and an answer taken apart. Nobody waits longer, since linger.ms stays Kafka's.
     */
    private static final String BATCH_BYTES = "65536";

    /** Lets the system size buffers of connections, which Kafka's own 128 and 64 KiB prevent. */
    private static final String SYSTEMS_OWN = "-1";

    private static final Set<String> NOT_PASSED_ON =
            Set.of("key.serializer", "value.serializer", "metric.reporters");

    /** Not the client's own: whether its metrics are left out, in the older way and the newer. */
    static final String DISABLE_METRICS = "flink.disable-metrics";

    static final String REGISTER_METRICS = "register.producer.metrics";

    KafkaSinkSettings {
        client = new TreeMap<>(client);
    }

    String servers() {
        return client.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
    }

    /** Whether the client's own metrics are among the writer's. */
    boolean registersClientMetrics() {
        return !Boolean.parseBoolean(client.get(DISABLE_METRICS))
                && Boolean.parseBoolean(client.getOrDefault(REGISTER_METRICS, "true"));
    }

    /** Milliseconds. */
    int transactionTimeoutMs() {
        String set = client.get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        return set == null ? DEFAULT_TRANSACTION_TIMEOUT_MS : Integer.parseInt(set.strip());
    }

    /**
     * What a producer is made with.
     *
     * @param transactionalId null for one without transactions
     * @param suffix keeps the names of clients in one process apart
     */
    Properties producer(String transactionalId, String suffix) {
        Properties all = new Properties();
        all.putAll(client);
        all.remove(DISABLE_METRICS);
        all.remove(REGISTER_METRICS);
        all.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        all.putIfAbsent(ProducerConfig.SEND_BUFFER_CONFIG, SYSTEMS_OWN);
        named(all, suffix);
        if (transactionalId != null) {
            all.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
            all.setProperty(
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    Integer.toString(transactionTimeoutMs()));
        }
        return all;
    }

    /** What a client for administration is made with: those of the keys that it knows. */
    Properties admin(String suffix) {
        Properties known = new Properties();
        for (String key : AdminClientConfig.configNames()) {
            if (client.containsKey(key) && !NOT_PASSED_ON.contains(key)) {
                known.setProperty(key, client.get(key));
            }
        }
        named(known, suffix);
        return known;
    }

    private static void named(Properties properties, String suffix) {
        String name = properties.getProperty("client.id");
        properties.setProperty("client.id", (name == null ? "" : name + "-") + suffix);
    }
}
