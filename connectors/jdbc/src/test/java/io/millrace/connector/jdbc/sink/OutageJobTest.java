package io.millrace.connector.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.MapFunction;
import io.millrace.api.option.Config;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.connector.jdbc.JdbcExactlyOnceOptions;
import io.millrace.connector.jdbc.JdbcExecutionOptions;
import io.millrace.connector.jdbc.testing.Database;
import io.millrace.connector.jdbc.testing.PostgresServer;
import io.millrace.connector.jdbc.testing.SharedPostgres;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose database is restarted, or loses what a checkpoint has promised. */
@ExtendWith(SharedPostgres.class)
@Timeout(120)
class OutageJobTest {
    private static final int RECORDS = 10_000;

    /** Run once, in the middle of the records. */
    private static final AtomicReference<Callable<?>> AT_HALF = new AtomicReference<>();

    @TempDir Path work;
    private final Database database;
    private EmbeddedJobExecutor executor;

    OutageJobTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void begin() throws SQLException {
        AT_HALF.set(null);
        CommitHook.BEFORE.set(null);
        CommitHook.LOSES_ANSWER.set(false);
        database.execute("CREATE TABLE numbers (n INT)");
    }

    @AfterEach
    void end() {
        StreamExecutionEnvironment.clear();
        if (executor != null) {
            executor.close();
        }
    }

    private StreamExecutionEnvironment environment() {
        executor =
                new EmbeddedJobExecutor(
                        Config.of(
                                Map.of(
                                        "restart.strategy",
                                        "fixed-delay",
                                        "restart.attempts",
                                        "100",
                                        "restart.delay",
                                        "50 ms",
                                        "execution.checkpointing.dir",
                                        work.resolve("checkpoints").toUri().toString())),
                        getClass().getClassLoader());
        StreamExecutionEnvironment.runWith(executor);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.enableCheckpointing(20);
        return env;
    }

    private static final class Meanwhile implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long map(Long number) throws Exception {
            Callable<?> now = number == RECORDS / 2 ? AT_HALF.getAndSet(null) : null;
            if (now != null) {
                now.call();
            }
            return number;
        }
    }

    private Callable<?> restart() {
        PostgresServer server = database.server();
        return () -> {
            server.stop();
            server.startAgain();
            return null;
        };
    }

    private JdbcSink<Long> exactlyOnce() {
        String url = database.url();
        return JdbcSink.<Long>builder()
                .withQueryStatement(Xa.INSERT, (ps, n) -> ps.setLong(1, n))
                .withExecutionOptions(
                        JdbcExecutionOptions.builder().withMaxRetries(0).withBatchSize(100).build())
                .buildExactlyOnce(
                        JdbcExactlyOnceOptions.defaults(), () -> CommitHook.dataSource(url));
    }

    private void assertOnce() throws SQLException {
        assertThat(database.number("SELECT count(DISTINCT n) FROM numbers")).isEqualTo(RECORDS);
        assertThat(database.number("SELECT count(*) FROM numbers")).isEqualTo(RECORDS);
        assertThat(database.prepared()).isZero();
    }

    @Test
    void aRestartOfTheDatabaseLosesAndDoublesNothing() throws Exception {
        AT_HALF.set(restart());
        StreamExecutionEnvironment env = environment();
        env.fromSequence(0, RECORDS - 1).map(new Meanwhile()).sinkTo(exactlyOnce());
        env.execute("restart");
        assertThat(AT_HALF.get()).isNull();
        assertOnce();
    }

    @Test
    void aRestartBetweenPrepareAndCommitLosesAndDoublesNothing() throws Exception {
        CommitHook.BEFORE.set(restart());
        StreamExecutionEnvironment env = environment();
        env.fromSequence(0, RECORDS - 1).map(new Meanwhile()).sinkTo(exactlyOnce());
        env.execute("restart");
        assertThat(CommitHook.BEFORE.get()).isNull();
        assertOnce();
    }

    @Test
    void aCommitWhoseAnswerIsLostIsDoneOnce() throws Exception {
        CommitHook.LOSES_ANSWER.set(true);
        StreamExecutionEnvironment env = environment();
        env.fromSequence(0, RECORDS - 1).map(new Meanwhile()).sinkTo(exactlyOnce());
        env.execute("answer");
        assertThat(CommitHook.LOSES_ANSWER.get()).isFalse();
        assertOnce();
    }

    @Test
    void whatAnOperatorRollsBackBetweenPrepareAndCommitEndsTheJobLoudly() {
        CommitHook.BEFORE.set(
                () -> {
                    for (String gid :
                            database.column(
                                    "SELECT gid FROM pg_prepared_xacts WHERE database ="
                                            + " current_database()")) {
                        database.execute("ROLLBACK PREPARED '" + gid + "'");
                    }
                    return null;
                });
        StreamExecutionEnvironment env = environment();
        env.fromSequence(0, Long.MAX_VALUE - 1).filter(n -> n % 1_000 == 0).sinkTo(exactlyOnce());
        assertThatThrownBy(() -> env.execute("loud"))
                .hasStackTraceContaining("DATA_LOSS")
                .hasStackTraceContaining("rolled back by somebody")
                .hasStackTraceContaining(Xa.INSERT);
    }

    @Test
    void aRestartIsRiddenOutByRetriesOfAtLeastOnce() throws Exception {
        AT_HALF.set(restart());
        StreamExecutionEnvironment env = environment();
        env.fromSequence(0, RECORDS - 1)
                .map(new Meanwhile())
                .sinkTo(
                        JdbcSink.<Long>builder()
                                .withQueryStatement(Xa.INSERT, (ps, n) -> ps.setLong(1, n))
                                .withExecutionOptions(
                                        JdbcExecutionOptions.builder().withBatchSize(500).build())
                                .buildAtLeastOnce(database.options()));
        env.execute("retries");
        assertThat(database.number("SELECT count(DISTINCT n) FROM numbers")).isEqualTo(RECORDS);
    }
}
