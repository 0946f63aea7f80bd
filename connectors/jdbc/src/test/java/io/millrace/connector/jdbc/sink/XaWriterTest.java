package io.millrace.connector.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.option.Config;
import io.millrace.api.stream.JobID;
import io.millrace.api.testing.FakeMetrics;
import io.millrace.api.testing.FakeTask;
import io.millrace.connector.jdbc.JdbcExactlyOnceOptions;
import io.millrace.connector.jdbc.RefusedRecords;
import io.millrace.connector.jdbc.testing.Database;
import io.millrace.connector.jdbc.testing.SharedPostgres;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writers of exactly-once against a real database, and what they leave and tidy up. */
@ExtendWith(SharedPostgres.class)
@Timeout(60)
class XaWriterTest {
    private final Database database;
    private final JdbcSinkSettings<Integer> settings;

    XaWriterTest(Database database) {
        this.database = database;
        this.settings = Xa.settings(database.dataSources());
    }

    @BeforeEach
    void table() throws SQLException {
        database.execute("CREATE TABLE numbers (n INT CHECK (n < 1000))");
    }

    private List<String> numbers() throws SQLException {
        return database.column("SELECT n FROM numbers ORDER BY n");
    }

    @Test
    void recordsAreSeenWhenTheirCheckpointIsCommitted() throws Exception {
        try (XaWriter<Integer> writer = Xa.writer(settings, FakeTask.only())) {
            Collection<JdbcCommittable> first = Xa.prepare(writer, 1, 2, 3);
            Collection<JdbcCommittable> second = Xa.prepare(writer, 4);
            assertThat(numbers()).isEmpty();
            assertThat(database.prepared()).isEqualTo(2);

            assertThat(Commit.of(settings, first).get(0).said()).isEqualTo("committed");
            assertThat(numbers()).containsExactly("1", "2", "3");
            assertThat(Commit.of(settings, second).get(0).said()).isEqualTo("committed");
            assertThat(numbers()).containsExactly("1", "2", "3", "4");
            assertThat(first.iterator().next().records()).isEqualTo(3);
        }
    }

    @Test
    void aCheckpointWithoutRecordsHasNoTransaction() {
        try (XaWriter<Integer> writer = Xa.writer(settings, FakeTask.only())) {
            assertThat(Xa.prepare(writer)).isEmpty();
        }
    }

    @Test
    void aConnectionForEachTransactionWorksToo() throws Exception {
        JdbcSinkSettings<Integer> each =
                Xa.settings(
                        database.dataSources(),
                        JdbcExactlyOnceOptions.builder()
                                .withTransactionPerConnection(true)
                                .build());
        try (XaWriter<Integer> writer = Xa.writer(each, FakeTask.only())) {
            Collection<JdbcCommittable> first = Xa.prepare(writer, 1, 2, 3);
            Collection<JdbcCommittable> second = Xa.prepare(writer, 4, 5, 6);
            Commit.of(each, first);
            Commit.of(each, second);
            assertThat(numbers()).containsExactly("1", "2", "3", "4", "5", "6");
        }
    }

    @Test
    void anAttemptThatStartsRollsBackWhatTheOneBeforeLeftPrepared() throws Exception {
        JobID job = new JobID();
        Xa.prepare(Xa.writer(settings, FakeTask.of(job, "sink", 0, 2)), 1);
        Xa.prepare(Xa.writer(settings, FakeTask.of(job, "sink", 1, 2)), 2);
        assertThat(database.prepared()).isEqualTo(2);

        FakeTask again = FakeTask.of(job, "sink", 0, 2);
        try (XaWriter<Integer> writer = Xa.writer(settings, again)) {
            assertThat(again.metrics().count("transactionsRolledBack")).isEqualTo(1);
            assertThat(database.prepared()).isEqualTo(1); // the other subtask's
        }
        // With fewer subtasks, the first also tidies up after those that there are no more.
        try (XaWriter<Integer> writer = Xa.writer(settings, FakeTask.of(job, "sink", 0, 1))) {
            assertThat(database.prepared()).isZero();
        }
        assertThat(numbers()).isEmpty();
    }

    @Test
    void whatOtherJobsAndSinksHavePreparedIsNotTouched() throws Exception {
        JobID job = new JobID();
        Collection<JdbcCommittable> otherSink =
                Xa.prepare(Xa.writer(settings, FakeTask.of(job, "other sink", 0, 1)), 1);
        Collection<JdbcCommittable> otherJob =
                Xa.prepare(Xa.writer(settings, FakeTask.of(new JobID(), "sink", 0, 1)), 2);
        database.execute("BEGIN; INSERT INTO numbers VALUES (3); PREPARE TRANSACTION 'foreign'");

        try (XaWriter<Integer> writer = Xa.writer(settings, FakeTask.of(job, "sink", 0, 1))) {
            assertThat(database.prepared()).isEqualTo(3);
        }
        Commit.of(settings, otherSink);
        Commit.of(settings, otherJob);
        database.execute("COMMIT PREPARED 'foreign'");
        assertThat(numbers()).containsExactly("1", "2", "3");
    }

    @Test
    void aJobRollsBackWhatTheOneLeftWhoseCheckpointItClaims() throws Exception {
        XaWriter<Integer> before = Xa.writer(settings, FakeTask.of(new JobID(), "sink", 0, 1));
        Xa.prepare(before, 1);
        List<JdbcWriterState> state = before.snapshotState(1);

        try (XaWriter<Integer> writer = XaWriter.open(settings, FakeTask.only(), state)) {
            assertThat(database.prepared()).isEqualTo(1); // started from, not claimed
        }
        FakeTask claiming =
                new FakeTask(
                        new JobID(),
                        "sink",
                        0,
                        1,
                        Config.of(Map.of(CheckpointOptions.CLAIM_MODE.key(), "CLAIM")),
                        new FakeMetrics());
        try (XaWriter<Integer> writer = XaWriter.open(settings, claiming, state)) {
            assertThat(database.prepared()).isZero();
        }
    }

    @Test
    void nothingIsRolledBackIfTheProgramDoesNotWantIt() throws Exception {
        JobID job = new JobID();
        Xa.prepare(Xa.writer(settings, FakeTask.of(job, "sink", 0, 1)), 1);
        JdbcSinkSettings<Integer> keeping =
                Xa.settings(
                        database.dataSources(),
                        JdbcExactlyOnceOptions.builder().withRecoveredAndRollback(false).build());
        try (XaWriter<Integer> writer = Xa.writer(keeping, FakeTask.of(job, "sink", 0, 1))) {
            assertThat(database.prepared()).isEqualTo(1);
        }
    }

    @Test
    void closingRollsBackWhatIsNotPrepared() throws Exception {
        XaWriter<Integer> writer = Xa.writer(settings, FakeTask.only());
        writer.write(1, null);
        writer.flush(false);
        writer.close();
        assertThat(numbers()).isEmpty();
        assertThat(database.prepared()).isZero();
        database.execute("DROP TABLE numbers"); // nobody holds a lock
    }

    @Test
    void leavesRefusedRecordsOutOfTheTransaction() throws Exception {
        JdbcSinkSettings<Integer> skipping =
                Xa.settings(
                        database.dataSources(),
                        JdbcExactlyOnceOptions.defaults(),
                        RefusedRecords.SKIP);
        FakeTask task = FakeTask.only();
        try (XaWriter<Integer> writer = Xa.writer(skipping, task)) {
            Collection<JdbcCommittable> prepared = Xa.prepare(writer, 1, 4711, 2, 3, 5000);
            assertThat(prepared.iterator().next().records()).isEqualTo(3);
            Commit.of(skipping, prepared);
            assertThat(numbers()).containsExactly("1", "2", "3");
            assertThat(task.metrics().count("errors")).isEqualTo(2);
        }
    }

    @Test
    void failsWithTheRecordThatIsRefused() throws Exception {
        try (XaWriter<Integer> writer = Xa.writer(settings, FakeTask.only())) {
            writer.write(1, null);
            assertThatThrownBy(() -> writer.write(4711, null))
                    .hasMessageContaining("INPUT_MALFORMED")
                    .hasMessageContaining("record 2 of a batch of 2")
                    .hasMessageContaining("4711");
        }
        assertThat(database.prepared()).isZero();
    }

    @Test
    void aSessionThatEndsFailsTheTask() throws Exception {
        try (XaWriter<Integer> writer = Xa.writer(settings, FakeTask.only())) {
            writer.write(1, null);
            writer.flush(false);
            database.endSessions();
            assertThatThrownBy(writer::prepareCommit).hasMessageContaining("STORAGE_FAILED");
        }
        assertThat(numbers()).isEmpty();
    }

    @Test
    void retriesAreRefusedWhenTheSinkIsBuilt() {
        assertThatThrownBy(
                        () ->
                                JdbcSink.<Integer>builder()
                                        .withQueryStatement(Xa.INSERT, (ps, n) -> ps.setInt(1, n))
                                        .buildExactlyOnce(
                                                JdbcExactlyOnceOptions.defaults(),
                                                database.dataSources()))
                .hasMessageContaining("withMaxRetries(0)");
    }
}
