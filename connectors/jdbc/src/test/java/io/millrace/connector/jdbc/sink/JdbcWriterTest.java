package io.millrace.connector.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.testing.FakeTask;
import io.millrace.connector.jdbc.JdbcConnectionOptions;
import io.millrace.connector.jdbc.JdbcConnectionOptions.JdbcConnectionOptionsBuilder;
import io.millrace.connector.jdbc.JdbcExecutionOptions;
import io.millrace.connector.jdbc.RefusedRecords;
import io.millrace.connector.jdbc.connection.SimpleJdbcConnectionProvider;
import io.millrace.connector.jdbc.testing.Database;
import io.millrace.connector.jdbc.testing.PostgresServer;
import io.millrace.connector.jdbc.testing.SharedPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One writer of at-least-once against a real database. */
@ExtendWith(SharedPostgres.class)
@Timeout(60)
class JdbcWriterTest {
    private static final String INSERT = "INSERT INTO numbers (n) VALUES (?)";

    private final Database database;
    private final FakeTask task = FakeTask.only();
    private final List<Long> waited = new ArrayList<>();

    JdbcWriterTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void table() throws SQLException {
        database.execute("CREATE TABLE numbers (n INT PRIMARY KEY CHECK (n < 1000))");
    }

    private JdbcWriter<Integer> writer(
            String sql, JdbcConnectionOptions options, JdbcExecutionOptions execution) {
        return JdbcWriter.open(
                new JdbcSinkSettings<>(
                        new SimpleJdbcQueryStatement<>(sql, (ps, n) -> ps.setInt(1, n)),
                        execution,
                        new SimpleJdbcConnectionProvider(options),
                        null,
                        null),
                task,
                waited::add);
    }

    private JdbcWriter<Integer> writer(int batch, RefusedRecords policy) {
        return writer(
                INSERT,
                database.options(),
                JdbcExecutionOptions.builder()
                        .withBatchSize(batch)
                        .withRefusedRecords(policy)
                        .build());
    }

    @Test
    void sendsWhenABatchIsFullAndWhenFlushed() throws Exception {
        try (JdbcWriter<Integer> writer = writer(3, RefusedRecords.FAIL)) {
            writer.write(1, null);
            writer.write(2, null);
            assertThat(database.column("SELECT n FROM numbers")).isEmpty();
            writer.write(3, null);
            assertThat(database.number("SELECT count(*) FROM numbers")).isEqualTo(3);
            writer.write(4, null);
            writer.flush(false);
            assertThat(database.column("SELECT n FROM numbers ORDER BY n"))
                    .containsExactly("1", "2", "3", "4");
            assertThat(task.metrics().count("records")).isEqualTo(4);
        }
    }

    @Test
    void goesOnOverANewConnectionWhenTheDatabaseHasEndedTheSession() throws Exception {
        try (JdbcWriter<Integer> writer = writer(100, RefusedRecords.FAIL)) {
            writer.write(1, null);
            writer.flush(false);
            writer.write(2, null);
            database.endSessions();
            writer.flush(false);
            assertThat(waited).containsExactly(1_000L);
            assertThat(database.column("SELECT n FROM numbers ORDER BY n"))
                    .containsExactly("1", "2");
        }
    }

    @Test
    void givesUpAfterItsRetriesAndSaysWhatItTried() throws Exception {
        JdbcExecutionOptions twice = JdbcExecutionOptions.builder().withMaxRetries(2).build();
        try (JdbcWriter<Integer> writer =
                writer(
                        "INSERT INTO numbers (n) SELECT ? + pg_terminate_backend(pg_backend_pid())::int",
                        database.options(),
                        twice)) {
            writer.write(1, null);
            assertThatThrownBy(() -> writer.flush(false))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("STORAGE_FAILED")
                    .hasMessageContaining("a batch of 1 records in 3 attempts")
                    .hasMessageContaining("57P01")
                    .hasMessageContaining("1 parameters");
            assertThat(waited).containsExactly(1_000L, 2_000L);
        }
    }

    @Test
    void failsWithTheRecordThatIsRefusedAndLeavesNothingOfTheBatch() throws Exception {
        try (JdbcWriter<Integer> writer = writer(100, RefusedRecords.FAIL)) {
            for (int n : new int[] {1, 2, 3, 4711, 5, 6, 7}) {
                writer.write(n, null);
            }
            assertThatThrownBy(() -> writer.flush(false))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("INPUT_MALFORMED")
                    .hasMessageContaining("record 4 of a batch of 7")
                    .hasMessageContaining(" 4711,")
                    .hasMessageContaining("23514")
                    .hasMessageContaining("RefusedRecords.SKIP");
            assertThat(database.column("SELECT n FROM numbers")).isEmpty();
        }
    }

    @Test
    void aDeferredConstraintNamesTheBatchAndLeavesNothingOfIt() throws Exception {
        database.execute(
                "CREATE TABLE late (n INT REFERENCES numbers (n) DEFERRABLE INITIALLY DEFERRED)");
        try (JdbcWriter<Integer> writer =
                writer(
                        "INSERT INTO late VALUES (?)",
                        database.options(),
                        JdbcExecutionOptions.defaults())) {
            writer.write(1, null);
            writer.write(2, null);
            assertThatThrownBy(() -> writer.flush(false))
                    .hasMessageContaining("INPUT_MALFORMED")
                    .hasMessageContaining("a batch of 2 records")
                    .hasMessageContaining("deferred")
                    .hasMessageContaining("23503");
            assertThat(database.column("SELECT n FROM late")).isEmpty();
        }
    }

    @Test
    void leavesRefusedRecordsOutAndCountsThem() throws Exception {
        try (JdbcWriter<Integer> writer = writer(100, RefusedRecords.SKIP)) {
            for (int n : new int[] {1, 2000, 2, 2, 3, 3000}) {
                writer.write(n, null);
            }
            writer.flush(false);
            writer.write(4, null);
            writer.flush(true);
            assertThat(database.column("SELECT n FROM numbers ORDER BY n"))
                    .containsExactly("1", "2", "3", "4");
            assertThat(task.metrics().count("errors")).isEqualTo(3);
            assertThat(task.metrics().count("records")).isEqualTo(4);
        }
    }

    @Test
    void aWrongPasswordIsToldBeforeAnyRecordAndNotShown() {
        JdbcConnectionOptions wrong =
                new JdbcConnectionOptionsBuilder()
                        .withUrl(database.url() + "?password=hidden")
                        .withUsername(PostgresServer.USER)
                        .withPassword("hidden")
                        .build();
        assertThatThrownBy(() -> writer(INSERT, wrong, JdbcExecutionOptions.defaults()))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED))
                .hasMessageContaining("28P01")
                .hasMessageContaining(database.url())
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aMissingTableFailsAtOnce() throws Exception {
        try (JdbcWriter<Integer> writer =
                writer(
                        "INSERT INTO nowhere VALUES (?)",
                        database.options(),
                        JdbcExecutionOptions.defaults())) {
            writer.write(1, null);
            assertThatThrownBy(() -> writer.flush(false))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_INVALID))
                    .hasMessageContaining("42P01")
                    .hasMessageContaining("nowhere");
            assertThat(waited).isEmpty();
        }
    }

    @Test
    void aBuilderThatSetsAParameterTooManyIsAnErrorOfTheProgram() throws Exception {
        JdbcWriter<Integer> writer =
                JdbcWriter.open(
                        new JdbcSinkSettings<>(
                                new SimpleJdbcQueryStatement<>(INSERT, (ps, n) -> ps.setInt(2, n)),
                                JdbcExecutionOptions.builder()
                                        .withRefusedRecords(RefusedRecords.SKIP)
                                        .build(),
                                new SimpleJdbcConnectionProvider(database.options()),
                                null,
                                null),
                        task,
                        waited::add);
        try (writer) {
            writer.write(7, null);
            assertThatThrownBy(() -> writer.flush(false))
                    .hasMessageContaining("PROGRAM_INVALID")
                    .hasMessageContaining("for the record 7");
        }
    }
}
