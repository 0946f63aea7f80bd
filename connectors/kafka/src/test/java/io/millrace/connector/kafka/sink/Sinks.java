package io.millrace.connector.kafka.sink;

import io.millrace.api.serialization.SerializationSchema;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.testing.Await;
import io.millrace.api.testing.FakeTask;
import io.millrace.connector.kafka.testing.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the tests of the sink share. */
final class Sinks {
    static final String PREFIX = "test";
    static final int TRANSACTION_TIMEOUT_MS = 60_000;

    private Sinks() {}

    /** Text as bytes. */
    static SerializationSchema<String> text() {
        return element -> element.getBytes(StandardCharsets.UTF_8);
    }

    static KafkaSinkSettings<String> exactlyOnce(String servers, String topic) {
        return exactlyOnce(servers, topic, TransactionNamingStrategy.POOLING, Map.of());
    }

    static KafkaSinkSettings<String> exactlyOnce(
            String servers,
            String topic,
            TransactionNamingStrategy naming,
            Map<String, String> more) {
        return settings(servers, topic, DeliveryGuarantee.EXACTLY_ONCE, naming, more);
    }

    static KafkaSinkSettings<String> settings(
            String servers,
            String topic,
            DeliveryGuarantee guarantee,
            TransactionNamingStrategy naming,
            Map<String, String> more) {
        Map<String, String> client = new HashMap<>();
        client.put("bootstrap.servers", servers);
        client.put("transaction.timeout.ms", "" + TRANSACTION_TIMEOUT_MS);
        client.putAll(more);
        return new KafkaSinkSettings<>(
                client,
                guarantee,
                PREFIX,
                naming,
                KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(topic)
                        .setValueSerializationSchema(text())
                        .build(),
                false);
    }

    /** A record without a time. */
    static SinkWriter.Context untimed() {
        return at(null);
    }

    static SinkWriter.Context at(Long timestampMs) {
        return new SinkWriter.Context() {
            @Override
            public long currentWatermark() {
                return Long.MIN_VALUE;
            }

            @Override
            public Long timestamp() {
                return timestampMs;
            }
        };
    }

    static void write(SinkWriter<String> writer, String... values) throws Exception {
        for (String value : values) {
            writer.write(value, untimed());
        }
    }

    /** A barrier: the transaction that is prepared for it. */
    static KafkaCommittable prepare(TransactionalWriter<?> writer) throws Exception {
        writer.flush(false);
        List<KafkaCommittable> prepared = List.copyOf(writer.prepareCommit());
        return prepared.isEmpty() ? null : prepared.get(0);
    }

    static KafkaCommittable prepared(TransactionalWriter<String> writer, String... values)
            throws Exception {
        write(writer, values);
        return prepare(writer);
    }

    /** What readers of committed records see once all that is decided is done. */
    static List<String> committed(KafkaBroker broker, String topic) throws Exception {
        try (Admin admin = broker.admin()) {
            settle(admin);
        }
        return broker.read(topic, "read_committed").stream().map(ConsumerRecord::value).toList();
    }

    /** Waits until the brokers have aborted a transaction that was open for too long. */
    static void expire(KafkaBroker broker, KafkaCommittable transaction) throws Exception {
        String id = transaction.transactionalId();
        try (Admin admin = broker.admin()) {
            Await.until(
                    "transaction " + id + " is aborted",
                    () -> admin.describeTransactions(Set.of(id)).description(id).get(),
                    entry -> entry.state() == TransactionState.COMPLETE_ABORT);
        }
    }

    /** A commit is answered when it is decided; that readers see it takes a moment longer. */
    static void settle(Admin admin) throws Exception {
        ListTransactionsOptions underWay =
                new ListTransactionsOptions()
                        .filterStates(
                                Set.of(
                                        TransactionState.PREPARE_COMMIT,
                                        TransactionState.PREPARE_ABORT));
        Await.until(
                "no transaction is under way",
                () -> admin.listTransactions(underWay).all().get(),
                Collection::isEmpty);
    }

    static List<String> uncommitted(KafkaBroker broker, String topic) {
        return broker.read(topic, "read_uncommitted").stream().map(ConsumerRecord::value).toList();
    }

    /** The entries of a job's transactions, by id. */
    static Map<String, TransactionListing> transactions(Admin admin, FakeTask task)
            throws InterruptedException, ExecutionException {
        Map<String, TransactionListing> all = new HashMap<>();
        for (TransactionListing each :
                admin.listTransactions(new ListTransactionsOptions()).all().get()) {
            if (each.transactionalId().startsWith(PREFIX + "-" + task.job().toHexString())) {
                all.put(each.transactionalId(), each);
            }
        }
        return all;
    }
}
