package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.metric.SimpleCounter;
import io.millrace.connector.kafka.testing.KafkaBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An epoch has 15 bits: when it is used up, the id of the producer changes. */
@Timeout(180)
class EpochRolloverTest {
    private static final String TOPIC = "out";
    private static final byte COMPLETE_COMMIT = 4;
    private static final short NEARLY_LAST = 32_762;

    @TempDir Path work;

    private final TransactionIds ids = new TransactionIds("t-", "t-0-", "t-0-w-");

    @Test
    void commitsOnceAcrossTheRollover() throws Exception {
        try (KafkaBroker broker = KafkaBroker.startIn(work)) {
            broker.createTopic(TOPIC, 1);
            List<String> expected = new ArrayList<>();
            KafkaSinkSettings<String> settings =
                    Sinks.exactlyOnce(broker.bootstrapServers(), TOPIC);
            long producerId = write(settings, broker, 1, expected).get(0).producerId();
            enter(broker, producerId);
            broker.restart();

            List<KafkaCommittable> all = write(settings, broker, 8, expected);

            assertThat(all).extracting(KafkaCommittable::producerId).contains(producerId);
            assertThat(all).anyMatch(each -> each.producerEpoch() > NEARLY_LAST);
            assertThat(all).anyMatch(each -> each.producerId() != producerId);
            assertThat(Sinks.committed(broker, TOPIC)).containsExactlyElementsOf(expected);
        }
    }

    /** Writes transactions of one record, and commits each twice, and all again at the end. */
    private List<KafkaCommittable> write(
            KafkaSinkSettings<String> settings,
            KafkaBroker broker,
            int transactions,
            List<String> expected)
            throws Exception {
        List<KafkaCommittable> all = new ArrayList<>();
        try (Admin admin = broker.admin();
                TransactionalProducers producers =
                        TransactionalProducers.open(
                                settings, ids, admin, new SimpleCounter(), () -> 0)) {
            for (int i = 0; i < transactions; i++) {
                String value = "r" + expected.size();
                expected.add(value);
                long offset =
                        producers
                                .current()
                                .send(new ProducerRecord<>(TOPIC, 0, null, value.getBytes("UTF-8")))
                                .get()
                                .offset();
                KafkaCommittable each =
                        producers.prepare(List.of(new WrittenRange(TOPIC, 0, offset, offset, 1)));
                all.add(each);
                for (int time = 0; time < 2; time++) {
                    assertThat(Commit.of(settings, each).said()).isIn("committed", "already");
                }
            }
        }
        for (KafkaCommittable each : all) {
            assertThat(Commit.of(settings, each).said()).isIn("committed", "already");
        }
        return all;
    }

    /** Writes into the log of coordinators what 32,000 transactions would have left there. */
    private void enter(KafkaBroker broker, long producerId) throws Exception {
        String id = ids.numbered(0);
        TransactionLogKey key = new TransactionLogKey().setTransactionalId(id);
        TransactionLogValue value =
                new TransactionLogValue()
                        .setProducerId(producerId)
                        .setProducerEpoch(NEARLY_LAST)
                        .setTransactionTimeoutMs(Sinks.TRANSACTION_TIMEOUT_MS)
                        .setTransactionStatus(COMPLETE_COMMIT)
                        .setTransactionPartitions(List.of())
                        .setTransactionLastUpdateTimestampMs(System.currentTimeMillis())
                        .setTransactionStartTimestampMs(System.currentTimeMillis());
        Properties properties = broker.clientProperties();
        // The only client that may write to topics of the brokers' own.
        properties.setProperty("client.id", "__admin_client");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            int partitions = producer.partitionsFor("__transaction_state").size();
            producer.send(
                            new ProducerRecord<>(
                                    "__transaction_state",
                                    Utils.abs(id.hashCode()) % partitions,
                                    MessageUtil.toVersionPrefixedBytes((short) 0, key),
                                    MessageUtil.toVersionPrefixedBytes((short) 0, value)))
                    .get();
        }
    }
}
