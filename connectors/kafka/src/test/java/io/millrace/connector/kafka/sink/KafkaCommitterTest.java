package io.millrace.connector.kafka.sink;

import static io.millrace.connector.kafka.sink.Sinks.committed;
import static io.millrace.connector.kafka.sink.Sinks.prepared;
import static io.millrace.connector.kafka.sink.Sinks.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.testing.FakeTask;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is committed, what is lost, and how one is told from the other, on a real broker. */
@ExtendWith(SharedKafka.class)
@Timeout(120)
class KafkaCommitterTest {
    private final KafkaBroker broker;
    private final FakeTask task = FakeTask.only();
    private String topic;
    private KafkaSinkSettings<String> settings;

    KafkaCommitterTest(KafkaBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void createTopic() {
        createTopic(Map.of());
    }

    private void createTopic(Map<String, String> configs) {
        topic = "out-" + UUID.randomUUID();
        broker.createTopic(topic, 1, configs);
        settings = Sinks.exactlyOnce(broker.bootstrapServers(), topic);
    }

    /** What an operator does, or another attempt. */
    private void fence(KafkaCommittable transaction) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.fenceProducers(List.of(transaction.transactionalId())).all().get();
        }
    }

    @Test
    void commitsAgainWithoutHarm() throws Exception {
        KafkaCommittable one;
        try (var writer = TransactionalWriter.open(settings, task)) {
            one = prepared(writer, "a", "b");
        }
        for (int time = 0; time < 3; time++) {
            assertThat(Commit.of(settings, one).said()).isIn("committed", "already");
        }
        assertThat(committed(broker, topic)).containsExactly("a", "b");
    }

    @Test
    void commitsAgainAfterTheIdHasBeenUsedForMore() throws Exception {
        try (var writer = TransactionalWriter.open(settings, task)) {
            List<KafkaCommittable> done = new ArrayList<>();
            for (int checkpoint = 0; checkpoint < 4; checkpoint++) {
                KafkaCommittable each = prepared(writer, "r" + checkpoint);
                Commit.of(settings, each);
                done.add(each);
            }
            KafkaCommittable open = prepared(writer, "open");

            // The job goes back to an earlier checkpoint, twice.
            for (int time = 0; time < 2; time++) {
                for (KafkaCommittable each : done) {
                    assertThat(Commit.of(settings, each).said()).isIn("committed", "already");
                }
            }

            assertThat(committed(broker, topic)).containsExactly("r0", "r1", "r2", "r3");
            assertThat(Commit.of(settings, open).said()).isEqualTo("committed");
        }
    }

    @Test
    void knowsFromTheRecordsThatTheyAreCommitted() throws Exception {
        KafkaCommittable one;
        try (var writer = TransactionalWriter.open(settings, task)) {
            one = prepared(writer, "a", "b");
        }
        Commit.of(settings, one);
        fence(one);
        fence(one);

        assertThat(Commit.of(settings, one).said()).isEqualTo("already");
    }

    @Test
    void knowsFromTheRecordsThatTheyAreLost() throws Exception {
        KafkaCommittable one;
        try (var writer = TransactionalWriter.open(settings, task)) {
            one = prepared(writer, "a", "b");
        }
        fence(one);
        fence(one);
        broker.send(topic, 0, "behind");

        assertLost(Commit.of(settings, one), topic + "-0 offsets 0 to 1 (2)");
    }

    @Test
    void doesNotBelieveThatMissingRecordsOfACompactedTopicAreLost() throws Exception {
        createTopic(Map.of("cleanup.policy", "compact"));
        KafkaSinkSettings<String> keyed = keyed();
        KafkaCommittable one;
        try (var writer = TransactionalWriter.open(keyed, task)) {
            one = prepared(writer, "a");
        }
        fence(one);
        fence(one);

        Commit commit = Commit.of(keyed, one);
        assertThat(commit.said()).isEqualTo("lost");
        assertThat(commit.failure()).hasMessageContaining("nothing shows any more whether");
    }

    private KafkaSinkSettings<String> keyed() {
        return new KafkaSinkSettings<>(
                settings.client(),
                settings.guarantee(),
                settings.transactionalIdPrefix(),
                settings.naming(),
                KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(topic)
                        .setKeySerializationSchema(Sinks.text())
                        .setValueSerializationSchema(Sinks.text())
                        .build(),
                false);
    }

    @Test
    void isLoudIfTheBrokersHaveAbortedATransactionWhileTheJobWasDown() throws Exception {
        settings =
                Sinks.exactlyOnce(
                        broker.bootstrapServers(),
                        topic,
                        TransactionNamingStrategy.POOLING,
                        Map.of("transaction.timeout.ms", "1000"));
        KafkaCommittable one;
        try (var writer = TransactionalWriter.open(settings, task)) {
            one = prepared(writer, "a", "b", "c");
        }
        Sinks.expire(broker, one);

        Commit commit = Commit.of(settings, one);

        assertLost(commit, topic + "-0 offsets 0 to 2 (3)");
        assertThat(commit.failure())
                .hasMessageContaining(one.transactionalId())
                .hasMessageContaining("1000 ms")
                .hasMessageContaining("transaction.timeout.ms");
        assertThat(committed(broker, topic)).isEmpty();
    }

    @Test
    void tellsOfAllThatIsLostAndCommitsTheRest() throws Exception {
        List<KafkaCommittable> all = new ArrayList<>();
        try (var zero = TransactionalWriter.open(settings, FakeTask.of(task.job(), "a", 0, 1));
                var one = TransactionalWriter.open(settings, FakeTask.of(task.job(), "b", 0, 1));
                var two = TransactionalWriter.open(settings, FakeTask.of(task.job(), "c", 0, 1))) {
            all.add(prepared(zero, "zero"));
            all.add(prepared(one, "one"));
            all.add(prepared(two, "two"));
        }
        fence(all.get(0));
        fence(all.get(1));

        List<Commit> commits = Commit.of(settings, all);

        assertThat(commits).extracting(Commit::said).containsExactly("lost", "lost", "committed");
        assertThat(commits.get(0).failure())
                .hasMessageContaining("2 prepared transactions of Kafka")
                .hasMessageContaining("offsets 0 to 0 (1)")
                .hasMessageContaining("offsets 1 to 1 (1)");
        assertThat(committed(broker, topic)).containsExactly("two");
    }

    /**
     * A transaction of a checkpoint that was never complete lies before the one that is committed,
     * whose id has been used for more.
     */
    @Test
    void abortsWhatHoldsTheProofUpWhereNoTaskRuns() throws Exception {
        KafkaCommittable orphan;
        KafkaCommittable one;
        KafkaCommittable other;
        try (var first = TransactionalWriter.open(settings, FakeTask.of(task.job(), "a", 0, 2));
                var second =
                        TransactionalWriter.open(settings, FakeTask.of(task.job(), "a", 1, 2));
                var b = TransactionalWriter.open(settings, FakeTask.of(task.job(), "b", 0, 1))) {
            orphan = prepared(first, "never complete");
            one = prepared(second, "committed");
            other = prepared(b, "of another sink");
        }
        Commit.of(settings, one);
        fence(one);
        fence(one);

        try (KafkaCommitter whileTasksRun = new KafkaCommitter(settings)) {
            assertThat(Commit.once(whileTasksRun, one).said()).isEqualTo("again");
            assertThat(Commit.once(whileTasksRun, one).said()).isEqualTo("again");
        }
        try (KafkaCommitter before =
                new KafkaCommitter(
                        settings,
                        OrphanedTransactions.of(settings.transactionalIdPrefix(), task.job()))) {
            assertThat(Commit.once(before, one).said()).isEqualTo("again");
            assertThat(Commit.once(before, one).said()).isEqualTo("already");
        }

        assertThat(Commit.of(settings, orphan).said()).isEqualTo("lost");
        assertThat(Commit.of(settings, other).said()).isEqualTo("committed");
        assertThat(committed(broker, topic)).containsExactly("committed", "of another sink");
    }

    @Test
    void neverCommitsWhatIsNotAsked() throws Exception {
        try (var writer = TransactionalWriter.open(settings, task)) {
            KafkaCommittable first = prepared(writer, "a");
            KafkaCommittable second = prepared(writer, "b");
            write(writer, "c");
            writer.flush(false);

            // The older notification comes last, and twice.
            Commit.of(settings, second);
            assertThat(committed(broker, topic)).isEmpty(); // "a" is before it, and open
            Commit.of(settings, first);
            Commit.of(settings, first);
            assertThat(committed(broker, topic)).containsExactly("a", "b");
        }
    }

    private static void assertLost(Commit commit, String where) {
        assertThat(commit.said()).isEqualTo("lost");
        assertThat(commit.failure())
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_LOSS))
                .hasMessageContaining(where);
    }
}
