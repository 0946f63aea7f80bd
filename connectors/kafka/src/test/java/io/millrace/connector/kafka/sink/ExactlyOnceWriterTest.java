package io.millrace.connector.kafka.sink;

import static io.millrace.connector.kafka.sink.Sinks.committed;
import static io.millrace.connector.kafka.sink.Sinks.prepare;
import static io.millrace.connector.kafka.sink.Sinks.prepared;
import static io.millrace.connector.kafka.sink.Sinks.transactions;
import static io.millrace.connector.kafka.sink.Sinks.uncommitted;
import static io.millrace.connector.kafka.sink.Sinks.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Config;
import io.millrace.api.stream.JobID;
import io.millrace.api.testing.FakeMetrics;
import io.millrace.api.testing.FakeTask;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Transactions of one subtask, on a real broker. */
@ExtendWith(SharedKafka.class)
@Timeout(120)
class ExactlyOnceWriterTest {
    private final KafkaBroker broker;
    private final FakeTask task = FakeTask.only();
    private String topic;
    private KafkaSinkSettings<String> settings;

    ExactlyOnceWriterTest(KafkaBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void createTopic() {
        topic = "out-" + UUID.randomUUID();
        broker.createTopic(topic, 1);
        settings = Sinks.exactlyOnce(broker.bootstrapServers(), topic);
    }

    @Test
    void showsRecordsWhenTheyAreCommitted() throws Exception {
        try (var writer = TransactionalWriter.open(settings, task)) {
            KafkaCommittable first = prepared(writer, "a", "b");
            assertThat(uncommitted(broker, topic)).containsExactly("a", "b");
            assertThat(committed(broker, topic)).isEmpty();

            assertThat(Commit.of(settings, first).said()).isEqualTo("committed");
            assertThat(committed(broker, topic)).containsExactly("a", "b");
        }
    }

    @Test
    void tellsWhereTheRecordsAre() throws Exception {
        try (var writer = TransactionalWriter.open(settings, task);
                Admin admin = broker.admin()) {
            Commit.of(settings, prepared(writer, "a", "b"));
            Sinks.settle(admin);
            KafkaCommittable second = prepared(writer, "c", "d", "e");

            // A marker lies between the two transactions.
            assertThat(second.written()).containsExactly(new WrittenRange(topic, 0, 3, 5, 3));
        }
    }

    @Test
    void hasNoTransactionForCheckpointsWithoutRecords() throws Exception {
        try (var writer = TransactionalWriter.open(settings, task);
                Admin admin = broker.admin()) {
            for (int checkpoint = 0; checkpoint < 100; checkpoint++) {
                assertThat(prepare(writer)).isNull();
            }
            assertThat(transactions(admin, task)).isEmpty();
        }
    }

    @Test
    void usesAProducerAgainOnceItsTransactionIsCommitted() throws Exception {
        Set<String> ids = new HashSet<>();
        List<String> all = new ArrayList<>();
        try (var writer = TransactionalWriter.open(settings, task);
                Admin admin = broker.admin()) {
            for (int checkpoint = 0; checkpoint < 20; checkpoint++) {
                KafkaCommittable each = prepared(writer, "r" + checkpoint);
                all.add("r" + checkpoint);
                ids.add(each.transactionalId());
                assertThat(Commit.of(settings, each).said()).isEqualTo("committed");
                Sinks.settle(admin);
            }
        }
        assertThat(ids).hasSizeLessThanOrEqualTo(2);
        assertThat(committed(broker, topic)).containsExactlyElementsOf(all);
        assertThat(task.metrics().count("transactionsCommitted")).isEqualTo(19);
    }

    @Test
    void givesEachTransactionAnIdWhereThatIsWanted() throws Exception {
        settings =
                Sinks.exactlyOnce(
                        broker.bootstrapServers(),
                        topic,
                        TransactionNamingStrategy.INCREMENTING,
                        Map.of());
        Set<String> ids = new HashSet<>();
        try (var writer = TransactionalWriter.open(settings, task)) {
            for (int checkpoint = 0; checkpoint < 5; checkpoint++) {
                KafkaCommittable each = prepared(writer, "r" + checkpoint);
                ids.add(each.transactionalId());
                Commit.of(settings, each);
            }
            assertThat(task.metrics().gauge("record-send-total"))
                    .as("of the last producer")
                    .isEqualTo(1.0);
        }
        assertThat(ids).hasSize(5);
        assertThat(committed(broker, topic)).containsExactly("r0", "r1", "r2", "r3", "r4");
    }

    @Test
    void goesOnWhileCommitsDoNotCome() throws Exception {
        List<KafkaCommittable> late = new ArrayList<>();
        try (var writer = TransactionalWriter.open(settings, task)) {
            for (int checkpoint = 0; checkpoint < 8; checkpoint++) {
                late.add(prepared(writer, "r" + checkpoint));
            }
        }
        assertThat(committed(broker, topic)).isEmpty();
        Commit.of(settings, late);
        assertThat(committed(broker, topic)).hasSize(8);
    }

    @Test
    void leavesWhatIsPreparedAndAbortsWhatIsNot() throws Exception {
        KafkaCommittable ready;
        try (var writer = TransactionalWriter.open(settings, task)) {
            ready = prepared(writer, "ready");
            write(writer, "open");
            writer.flush(false);
        }
        assertThat(Commit.of(settings, ready).said()).isEqualTo("committed");
        assertThat(committed(broker, topic)).containsExactly("ready");
        assertThat(uncommitted(broker, topic)).containsExactly("ready", "open");
    }

    @Test
    void abortsWhatAnEarlierAttemptLeft() throws Exception {
        // Not closed, as when its worker is killed.
        var killed = TransactionalWriter.open(settings, task);
        write(killed, "left");
        killed.flush(false);
        FakeTask again = FakeTask.of(task.job(), "sink", 0, 1);
        try (var writer = TransactionalWriter.open(settings, again)) {
            assertThat(again.metrics().count("transactionsAborted")).isEqualTo(1);
            Commit.of(settings, prepared(writer, "new"));
        }
        assertThat(committed(broker, topic)).containsExactly("new");
        killed.close();
        assertThat(committed(broker, topic)).containsExactly("new");
    }

    @Test
    void touchesNoTransactionsOfOthers() throws Exception {
        List<FakeTask> others =
                List.of(
                        FakeTask.of(task.job(), "other sink", 0, 1),
                        FakeTask.of(task.job(), "sink", 1, 2),
                        FakeTask.of(new JobID(), "sink", 0, 1));
        List<TransactionalWriter<String>> writers = new ArrayList<>();
        for (FakeTask other : others) {
            var writer = TransactionalWriter.open(settings, other);
            write(writer, "r" + writers.size());
            writer.flush(false);
            writers.add(writer);
        }

        try (var writer =
                TransactionalWriter.open(settings, FakeTask.of(task.job(), "sink", 0, 2))) {
            Commit.of(settings, prepared(writer, "mine"));
        }

        for (var writer : writers) {
            assertThat(Commit.of(settings, prepare(writer)).said()).isEqualTo("committed");
            writer.close();
        }
        assertThat(committed(broker, topic)).containsExactlyInAnyOrder("r0", "r1", "r2", "mine");
    }

    @Test
    void abortsWhatSubtasksLeftThatAreNoMore() throws Exception {
        var killed = TransactionalWriter.open(settings, FakeTask.of(task.job(), "sink", 3, 4));
        write(killed, "left");
        killed.flush(false);
        FakeTask zero = FakeTask.of(task.job(), "sink", 0, 2);
        FakeTask one = FakeTask.of(task.job(), "sink", 1, 2);

        TransactionalWriter.open(settings, zero).close();
        assertThat(zero.metrics().count("transactionsAborted")).isZero();
        TransactionalWriter.open(settings, one).close();
        assertThat(one.metrics().count("transactionsAborted")).isEqualTo(1);
        killed.close();
    }

    @Test
    void preparesNothingMoreIfWhatIsPreparedWasAborted() throws Exception {
        settings =
                Sinks.exactlyOnce(
                        broker.bootstrapServers(),
                        topic,
                        TransactionNamingStrategy.POOLING,
                        Map.of("transaction.timeout.ms", "1000"));
        var writer = TransactionalWriter.open(settings, task);
        // Its checkpoint is given up, so it waits for the next one, for too long.
        KafkaCommittable first = prepared(writer, "a", "b");
        Sinks.expire(broker, first);
        write(writer, "c");
        writer.flush(false);
        assertThatThrownBy(writer::prepareCommit)
                .hasMessageContaining("STORAGE_FAILED")
                .hasMessageContaining(first.transactionalId())
                .hasMessageContaining("2 records");
        writer.close();
    }

    @Test
    void abortsWhatAJobLeftWhoseCheckpointIsClaimed() throws Exception {
        assertThat(abortedFromTheJobBefore("CLAIM")).isEqualTo(1);
    }

    @Test
    void touchesNothingOfAJobThatItWasOnlyStartedFrom() throws Exception {
        assertThat(abortedFromTheJobBefore("NO_CLAIM")).isZero();
    }

    private long abortedFromTheJobBefore(String claimMode) throws Exception {
        try (var killed = TransactionalWriter.open(settings, task)) {
            write(killed, "left");
            killed.flush(false);
            KafkaWriterState.Serializer serializer = new KafkaWriterState.Serializer();
            KafkaWriterState saved =
                    serializer.deserialize(
                            serializer.getVersion(),
                            serializer.serialize(killed.snapshotState(1).get(0)));
            FakeTask next =
                    new FakeTask(
                            new JobID(),
                            "sink",
                            1,
                            2,
                            Config.of(Map.of("execution.state-recovery.claim-mode", claimMode)),
                            new FakeMetrics());
            TransactionalWriter.open(settings, next, List.of(saved)).close();
            return next.metrics().count("transactionsAborted");
        }
    }

    @Test
    void preparesNothingThatTheBrokersHaveAborted() throws Exception {
        var writer = TransactionalWriter.open(settings, task);
        write(writer, "a");
        writer.flush(false);
        // Another attempt has taken over.
        TransactionalWriter.open(settings, FakeTask.of(task.job(), "sink", 0, 1)).close();

        assertThatThrownBy(writer::prepareCommit)
                .hasMessageContaining("STORAGE_FAILED")
                .hasMessageContaining("1 records");
        writer.close();
        try (Admin admin = broker.admin()) {
            assertThat(transactions(admin, task).values())
                    .noneMatch(each -> each.state() == TransactionState.ONGOING);
        }
    }
}
