package io.millrace.connector.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.sink.CheckpointCommitter;
import io.millrace.api.sink.GenericWriteAheadSink;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.Types;
import io.millrace.connector.jdbc.testing.Database;
import io.millrace.connector.jdbc.testing.PostgresServer;
import io.millrace.connector.jdbc.testing.SharedPostgres;
import io.millrace.testutils.operator.OneInputStreamOperatorTestHarness;
import io.millrace.testutils.operator.OperatorSubtaskState;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A write-ahead sink as programs write them: rows in one table, notes of checkpoints in another.
 */
@ExtendWith(SharedPostgres.class)
@Timeout(60)
class WriteAheadTableTest {
    private final Database database;

    WriteAheadTableTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void table() throws SQLException {
        database.execute("CREATE TABLE numbers (n BIGINT PRIMARY KEY, times INT NOT NULL)");
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD);
    }

    /** Equal writes change nothing but the count of them. */
    private static final class Numbers extends GenericWriteAheadSink<Long> {
        private static final long serialVersionUID = 1L;

        private final String url;

        Numbers(String url) throws Exception {
            super(new Notes(url), Types.LONG.createSerializer(new ExecutionConfig()), "numbers");
            this.url = url;
        }

        @Override
        protected boolean sendValues(Iterable<Long> values, long checkpointId, long timestamp)
                throws Exception {
            try (Connection connection = connect(url);
                    PreparedStatement insert =
                            connection.prepareStatement(
                                    "INSERT INTO numbers VALUES (?, 1) ON CONFLICT (n) DO UPDATE"
                                            + " SET times = numbers.times + 1")) {
                connection.setAutoCommit(false);
                for (Long value : values) {
                    insert.setLong(1, value);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            }
            return true;
        }
    }

    /** The latest checkpoint of each subtask that was sent. */
    private static final class Notes extends CheckpointCommitter {
        private static final long serialVersionUID = 1L;

        private final String url;
        private transient Connection connection;

        Notes(String url) {
            this.url = url;
        }

        @Override
        public void createResource() throws SQLException {
            try (Connection once = connect(url);
                    Statement statement = once.createStatement()) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS notes (job TEXT, operator TEXT, subtask INT,"
                                + " checkpoint BIGINT, PRIMARY KEY (job, operator, subtask))");
            }
        }

        @Override
        public void open() throws SQLException {
            connection = connect(url);
        }

        @Override
        public void close() throws SQLException {
            if (connection != null) {
                connection.close();
            }
        }

        @Override
        public void commitCheckpoint(int subtask, long checkpointId) throws SQLException {
            try (PreparedStatement upsert =
                    connection.prepareStatement(
                            "INSERT INTO notes VALUES (?, ?, ?, ?) ON CONFLICT (job, operator,"
                                    + " subtask) DO UPDATE SET checkpoint ="
                                    + " greatest(notes.checkpoint, EXCLUDED.checkpoint)")) {
                upsert.setString(1, jobId);
                upsert.setString(2, operatorId);
                upsert.setInt(3, subtask);
                upsert.setLong(4, checkpointId);
                upsert.executeUpdate();
            }
        }

        @Override
        public boolean isCheckpointCommitted(int subtask, long checkpointId) throws SQLException {
            if (!connection.isValid(1)) {
                connection = connect(url);
            }
            try (PreparedStatement query =
                    connection.prepareStatement(
                            "SELECT 1 FROM notes WHERE job = ? AND operator = ? AND subtask = ? AND"
                                    + " checkpoint >= ?")) {
                query.setString(1, jobId);
                query.setString(2, operatorId);
                query.setInt(3, subtask);
                query.setLong(4, checkpointId);
                try (ResultSet found = query.executeQuery()) {
                    return found.next();
                }
            }
        }
    }

    private OneInputStreamOperatorTestHarness<Long, Long> opened(OperatorSubtaskState from)
            throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(new Numbers(database.url()));
        harness.setup();
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    private String rows() throws SQLException {
        return database.column("SELECT n || 'x' || times FROM numbers ORDER BY n").toString();
    }

    @Test
    void rowsOfACheckpointAppearTogetherWhenItIsComplete() throws Exception {
        try (var harness = opened(null)) {
            harness.processElement(1L);
            harness.processElement(2L);
            harness.snapshot(1, 0);
            assertThat(rows()).isEqualTo("[]");
            harness.notifyOfCompletedCheckpoint(1);
            assertThat(rows()).isEqualTo("[1x1, 2x1]");
            assertThat(database.number("SELECT checkpoint FROM notes")).isEqualTo(1);
        }
    }

    @Test
    void anOutageIsWaitedForUntilTheNextCheckpoint() throws Exception {
        try (var harness = opened(null)) {
            harness.processElement(1L);
            harness.snapshot(1, 0);
            database.execute("ALTER TABLE numbers RENAME TO gone");
            harness.notifyOfCompletedCheckpoint(1);
            harness.processElement(2L);
            harness.snapshot(2, 0);
            database.execute("ALTER TABLE gone RENAME TO numbers");
            database.endSessions();
            harness.notifyOfCompletedCheckpoint(2);
        }
        assertThat(rows()).isEqualTo("[1x1, 2x1]");
    }

    @Test
    void aRestoredJobSendsWhatIsNotNotedAndNothingElse() throws Exception {
        OperatorSubtaskState sent;
        OperatorSubtaskState unsent;
        try (var harness = opened(null)) {
            harness.processElement(1L);
            sent = harness.snapshot(1, 0);
            harness.notifyOfCompletedCheckpoint(1);
            harness.processElement(2L);
            unsent = harness.snapshot(2, 0);
        }
        try (var harness = opened(sent)) {
            assertThat(rows()).isEqualTo("[1x1]");
        }
        try (var harness = opened(unsent)) {
            assertThat(rows()).isEqualTo("[1x1, 2x1]");
        }
        database.execute("UPDATE notes SET checkpoint = 1");
        try (var harness = opened(unsent)) {
            assertThat(rows()).as("died between sending and its note").isEqualTo("[1x1, 2x2]");
        }
    }
}
