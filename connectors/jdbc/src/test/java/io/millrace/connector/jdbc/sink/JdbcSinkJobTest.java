package io.millrace.connector.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.MapFunction;
import io.millrace.api.option.Config;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import io.millrace.connector.jdbc.JdbcExactlyOnceOptions;
import io.millrace.connector.jdbc.JdbcExecutionOptions;
import io.millrace.connector.jdbc.source.JdbcSource;
import io.millrace.connector.jdbc.split.JdbcNumericBetweenParametersProvider;
import io.millrace.connector.jdbc.testing.Database;
import io.millrace.connector.jdbc.testing.SharedPostgres;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs that write to a database and fail meanwhile. */
@ExtendWith(SharedPostgres.class)
@Timeout(120)
class JdbcSinkJobTest {
    private static final int RECORDS = 20_000;

    /** Where a job has failed; it does so once at each. */
    private static final Set<Long> FAILED = ConcurrentHashMap.newKeySet();

    @TempDir Path work;
    private final Database database;
    private EmbeddedJobExecutor executor;

    JdbcSinkJobTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void begin() throws SQLException {
        FAILED.clear();
        database.execute("CREATE TABLE numbers (n INT, half INT)");
    }

    @AfterEach
    void end() {
        StreamExecutionEnvironment.clear();
        if (executor != null) {
            executor.close();
        }
    }

    private StreamExecutionEnvironment environment() {
        Map<String, String> options = new HashMap<>();
        options.put("embedded.workers", "2");
        options.put("restart.strategy", "fixed-delay");
        options.put("restart.attempts", "20");
        options.put("restart.delay", "10 ms");
        options.put("execution.checkpointing.dir", work.resolve("checkpoints").toUri().toString());
        executor = new EmbeddedJobExecutor(Config.of(options), getClass().getClassLoader());
        StreamExecutionEnvironment.runWith(executor);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        return env;
    }

    /** Fails at four records, once at each. */
    private static final class Failing implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long map(Long number) {
            if (number % (RECORDS / 4) == RECORDS / 8 && FAILED.add(number)) {
                throw new MillraceException(ErrorCode.STORAGE_FAILED, "at " + number);
            }
            return number;
        }
    }

    private static JdbcExecutionOptions batches() {
        return JdbcExecutionOptions.builder().withMaxRetries(0).withBatchSize(100).build();
    }

    private JdbcSink<Long> exactlyOnce(int half) {
        return JdbcSink.<Long>builder()
                .withQueryStatement(
                        "INSERT INTO numbers (n, half) VALUES (?, " + half + ")",
                        (ps, n) -> ps.setLong(1, n))
                .withExecutionOptions(batches())
                .buildExactlyOnce(JdbcExactlyOnceOptions.defaults(), database.dataSources());
    }

    private void assertOnce() throws SQLException {
        assertThat(database.number("SELECT count(DISTINCT n) FROM numbers"))
                .as("distinct")
                .isEqualTo(RECORDS);
        assertThat(database.number("SELECT count(*) FROM numbers")).as("all").isEqualTo(RECORDS);
        assertThat(database.prepared()).as("left prepared").isZero();
    }

    @Test
    void twoSinksOfAJobThatFailsLoseAndDoubleNothing() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.enableCheckpointing(50);
        DataStream<Long> all = env.fromSequence(0, RECORDS - 1).map(new Failing());
        all.filter(n -> n % 2 == 0).sinkTo(exactlyOnce(0));
        all.filter(n -> n % 2 == 1).sinkTo(exactlyOnce(1));
        env.execute("halves");

        assertThat(FAILED).hasSize(4);
        assertOnce();
    }

    @Test
    void aSourceThatGoesOnFromItsCheckpointsReadsEachRowOnce() throws Exception {
        database.execute(
                "CREATE TABLE input AS SELECT generate_series(0, " + (RECORDS - 1) + ") AS n");
        StreamExecutionEnvironment env = environment();
        env.enableCheckpointing(20);
        JdbcSource<Long> source =
                JdbcSource.<Long>builder()
                        .setDBUrl(database.url())
                        .setUsername(database.options().getUsername().orElseThrow())
                        .setPassword(database.options().getPassword().orElseThrow())
                        .setSql("SELECT n FROM input WHERE n BETWEEN ? AND ? ORDER BY n")
                        .setJdbcParameterValuesProvider(
                                new JdbcNumericBetweenParametersProvider(0, RECORDS - 1)
                                        .ofBatchNum(3))
                        .setResultExtractor(result -> result.getLong(1))
                        .setTypeInformation(Types.LONG)
                        .setResultSetFetchSize(50)
                        .setSplitReaderFetchBatchSize(20)
                        .build();
        env.fromSource(source, io.millrace.api.time.WatermarkStrategy.noWatermarks(), "rows")
                .map(new Failing())
                .sinkTo(exactlyOnce(0));
        env.execute("copy");

        assertThat(FAILED).hasSize(4);
        assertOnce();
    }

    @Test
    void commitsABatchJobAtItsEnd() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.fromData(1L, 2L, 3L).sinkTo(exactlyOnce(0));
        env.execute("batch");
        assertThat(database.column("SELECT n FROM numbers ORDER BY n"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void anUpsertOfAtLeastOnceLeavesEachKeyOnce() throws Exception {
        database.execute("CREATE UNIQUE INDEX ON numbers (n)");
        StreamExecutionEnvironment env = environment();
        env.enableCheckpointing(50);
        env.fromSequence(0, RECORDS - 1)
                .map(new Failing())
                .addSink(
                        JdbcSink.sink(
                                UpsertStatement.forUrl(database.url())
                                        .of("numbers", List.of("n", "half"), List.of("n")),
                                (ps, n) -> {
                                    ps.setLong(1, n);
                                    ps.setInt(2, 0);
                                },
                                batches(),
                                database.options()));
        env.execute("upsert");
        assertThat(FAILED).hasSize(4);
        assertOnce();
    }

    /** Prepared rows are locked until they are committed, and the next checkpoint has them too. */
    @Test
    void rowsThatEachCheckpointWritesAgainDoNotStopTheJob() throws Exception {
        database.execute("CREATE TABLE totals (k INT PRIMARY KEY, n BIGINT)");
        StreamExecutionEnvironment env = environment();
        env.enableCheckpointing(20);
        env.fromSequence(0, RECORDS - 1)
                .keyBy(n -> n % 10)
                .sinkTo(
                        JdbcSink.<Long>builder()
                                .withQueryStatement(
                                        UpsertStatement.POSTGRESQL.of(
                                                "totals", List.of("k", "n"), List.of("k")),
                                        (ps, n) -> {
                                            ps.setInt(1, (int) (n % 10));
                                            ps.setLong(2, n);
                                        })
                                .withExecutionOptions(batches())
                                .buildExactlyOnce(
                                        JdbcExactlyOnceOptions.defaults(), database.dataSources()));
        env.execute("totals");
        assertThat(database.number("SELECT count(*) FROM totals")).isEqualTo(10);
        assertThat(database.prepared()).isZero();
    }

    @Test
    void refusesAJobThatTakesNoCheckpoints() {
        StreamExecutionEnvironment env = environment();
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        env.fromData(1L).sinkTo(exactlyOnce(0));
        assertThatThrownBy(() -> env.execute("never"))
                .hasStackTraceContaining("execution.checkpointing.interval");
    }

    @Test
    void aMissingTableEndsTheJobAtOnce() {
        StreamExecutionEnvironment env = environment();
        env.fromData(1L)
                .sinkTo(
                        JdbcSink.<Long>builder()
                                .withQueryStatement(
                                        "INSERT INTO nowhere VALUES (?)",
                                        (ps, n) -> ps.setLong(1, n))
                                .buildAtLeastOnce(database.options()));
        assertThatThrownBy(() -> env.execute("never"))
                .hasStackTraceContaining("PROGRAM_INVALID")
                .hasStackTraceContaining("nowhere");
    }
}
