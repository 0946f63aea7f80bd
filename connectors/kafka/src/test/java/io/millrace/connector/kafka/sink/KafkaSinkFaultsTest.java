package io.millrace.connector.kafka.sink;

import static io.millrace.connector.kafka.sink.Sinks.committed;
import static io.millrace.connector.kafka.sink.Sinks.prepared;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.testing.Await;
import io.millrace.api.testing.FakeTask;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.KafkaServer;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that go away, and requests that come late. */
@Timeout(180)
class KafkaSinkFaultsTest {
    private static final String TOPIC = "out";

    @TempDir Path work;

    @Test
    void commitsAfterTheBrokerWasRestarted() throws Exception {
        try (KafkaBroker broker = KafkaBroker.startIn(work)) {
            broker.createTopic(TOPIC, 2);
            KafkaSinkSettings<String> settings =
                    Sinks.exactlyOnce(broker.bootstrapServers(), TOPIC);
            try (var writer = TransactionalWriter.open(settings, FakeTask.only())) {
                KafkaCommittable before = prepared(writer, "a", "b");
                broker.restart();
                assertThat(Commit.of(settings, before).said()).isEqualTo("committed");
                KafkaCommittable after = prepared(writer, "c");
                assertThat(Commit.of(settings, after).said()).isEqualTo("committed");
            }
            assertThat(committed(broker, TOPIC)).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void asksAgainWhileTheBrokerIsAway() throws Exception {
        try (KafkaBroker broker = KafkaBroker.startIn(work)) {
            broker.createTopic(TOPIC, 1);
            KafkaSinkSettings<String> settings =
                    Sinks.exactlyOnce(broker.bootstrapServers(), TOPIC);
            KafkaSinkSettings<String> impatient =
                    Sinks.exactlyOnce(
                            broker.bootstrapServers(),
                            TOPIC,
                            TransactionNamingStrategy.POOLING,
                            Map.of("request.timeout.ms", "2000", "delivery.timeout.ms", "4000"));
            KafkaCommittable one;
            try (var writer = TransactionalWriter.open(settings, FakeTask.only())) {
                one = prepared(writer, "a");
            }
            broker.stop();
            try (KafkaCommitter committer = new KafkaCommitter(impatient)) {
                assertThat(Commit.once(committer, one).said()).isEqualTo("again");
                broker.start();
            }
            assertThat(Commit.of(settings, one).said()).isEqualTo("committed");
            assertThat(committed(broker, TOPIC)).containsExactly("a");
        }
    }

    @Test
    void aCommitThatComesLateEndsNoOtherTransaction() throws Exception {
        lateCommit(Map.of());
    }

    @Test
    void aCommitThatComesLateEndsNoOtherTransactionOnOlderBrokersEither() throws Exception {
        lateCommit(Map.of("transaction.version", "0"));
    }

    private void lateCommit(Map<String, String> features) throws Exception {
        int[] ports = KafkaBroker.freePorts();
        try (DelayingProxy proxy = new DelayingProxy(ports[0], ApiKeys.END_TXN.id);
                KafkaBroker broker = KafkaBroker.startIn(work, behind(proxy, ports))) {
            proxy.start();
            String servers = "localhost:" + proxy.port();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                KafkaServer.createTopic(admin, TOPIC, 1, Map.of());
                lower(admin, features);
                KafkaSinkSettings<String> settings =
                        Sinks.exactlyOnce(
                                servers,
                                TOPIC,
                                TransactionNamingStrategy.POOLING,
                                Map.of(
                                        "request.timeout.ms",
                                        "1000",
                                        "delivery.timeout.ms",
                                        "60000"));
                try (var writer = TransactionalWriter.open(settings, FakeTask.only())) {
                    KafkaCommittable first = prepared(writer, "a");
                    proxy.hold(1);
                    // The first request is not answered, the second is.
                    assertThat(Commit.of(settings, first).said()).isEqualTo("committed");
                    KafkaCommittable second = prepared(writer, "b");
                    assertThat(Commit.of(settings, second).said()).isEqualTo("committed");
                    KafkaCommittable third = prepared(writer, "c");

                    proxy.deliver();

                    assertThat(stable(admin)).isLessThan(end(admin)); // "c" is still open
                    assertThat(Commit.of(settings, third).said()).isEqualTo("committed");
                    Sinks.settle(admin);
                    assertThat(stable(admin)).isEqualTo(end(admin));
                }
            }
        }
    }

    private static Map<String, String> behind(DelayingProxy proxy, int[] ports) {
        return Map.of(
                "listeners",
                "PLAINTEXT://localhost:" + ports[0] + ",CONTROLLER://localhost:" + ports[1],
                "advertised.listeners",
                "PLAINTEXT://localhost:" + proxy.port(),
                "controller.quorum.voters",
                "1@localhost:" + ports[1]);
    }

    private static void lower(Admin admin, Map<String, String> features) throws Exception {
        if (!features.isEmpty()) {
            admin.updateFeatures(
                            Map.of(
                                    "transaction.version",
                                    new org.apache.kafka.clients.admin.FeatureUpdate(
                                            (short) 0,
                                            org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType
                                                    .SAFE_DOWNGRADE)),
                            new org.apache.kafka.clients.admin.UpdateFeaturesOptions())
                    .all()
                    .get();
            // The controller knows it sooner than the broker.
            Await.until("the features are lowered", () -> isLowered(admin), lowered -> lowered);
        }
    }

    /** A feature that is not in use has no version. */
    private static boolean isLowered(Admin admin) throws Exception {
        var inUse = admin.describeFeatures().featureMetadata().get().finalizedFeatures();
        return !inUse.containsKey("transaction.version")
                || inUse.get("transaction.version").maxVersionLevel() == 0;
    }

    private static long stable(Admin admin) throws Exception {
        return offset(admin, IsolationLevel.READ_COMMITTED);
    }

    private static long end(Admin admin) throws Exception {
        return offset(admin, IsolationLevel.READ_UNCOMMITTED);
    }

    private static long offset(Admin admin, IsolationLevel level) throws Exception {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        return admin.listOffsets(
                        Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(level))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
