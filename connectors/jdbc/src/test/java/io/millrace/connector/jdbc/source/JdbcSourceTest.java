package io.millrace.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.api.type.Types;
import io.millrace.connector.jdbc.connection.SimpleJdbcConnectionProvider;
import io.millrace.connector.jdbc.split.JdbcGenericParameterValuesProvider;
import io.millrace.connector.jdbc.split.JdbcNumericBetweenParametersProvider;
import io.millrace.connector.jdbc.testing.Database;
import io.millrace.connector.jdbc.testing.PostgresServer;
import io.millrace.connector.jdbc.testing.SharedPostgres;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.io.Serializable;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs that read a real database, and queries one by one. */
@ExtendWith(SharedPostgres.class)
@Timeout(60)
class JdbcSourceTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private final Database database;

    JdbcSourceTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void table() throws Exception {
        database.execute(
                "CREATE TABLE books (id BIGINT PRIMARY KEY, title TEXT, price NUMERIC(6, 2))",
                "INSERT INTO books SELECT i, 'book ' || i, i + 0.5 FROM generate_series(1, 500) i",
                "INSERT INTO books VALUES (501, NULL, NULL)");
    }

    private <T> JdbcSourceBuilder<T> source(String sql, ResultExtractor<T> extractor) {
        return JdbcSource.<T>builder()
                .setDBUrl(database.url())
                .setUsername(PostgresServer.USER)
                .setPassword(PostgresServer.PASSWORD)
                .setSql(sql)
                .setResultExtractor(extractor);
    }

    private static <T> List<T> read(JdbcSource<T> source) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "books")
                .executeAndCollect(1_000);
    }

    @Test
    void readsEachRangeOnce() throws Exception {
        JdbcSource<String> source =
                source(
                                "SELECT title FROM books WHERE id BETWEEN ? AND ? ORDER BY id",
                                result -> result.getString(1))
                        .setTypeInformation(Types.STRING)
                        .setJdbcParameterValuesProvider(
                                new JdbcNumericBetweenParametersProvider(1, 500).ofBatchNum(7))
                        .setSplitReaderFetchBatchSize(10)
                        .build();
        assertThat(read(source))
                .hasSize(500)
                .doesNotHaveDuplicates()
                .contains("book 1", "book 500");
    }

    @Test
    void readsAQueryWithoutParametersAsRows() throws Exception {
        JdbcSource<Row> source =
                source("SELECT id, title FROM books", ResultExtractor.ofRowResultExtractor())
                        .setTypeInformation(new RowTypeInfo(Types.LONG, Types.STRING))
                        .build();
        assertThat(read(source)).hasSize(501).contains(Row.of(3L, "book 3"), Row.of(501L, null));
    }

    @Test
    void parametersOfAnyKindMakeSplitsAlsoEmptyOnes() throws Exception {
        JdbcSource<Long> source =
                source("SELECT id FROM books WHERE title = ?", result -> result.getLong(1))
                        .setTypeInformation(Types.LONG)
                        .setJdbcParameterValuesProvider(
                                new JdbcGenericParameterValuesProvider(
                                        new Serializable[][] {{"book 7"}, {"none"}, {"book 9"}}))
                        .build();
        assertThat(read(source)).containsExactlyInAnyOrder(7L, 9L);
    }

    @Test
    void theOlderInputFormatReadsRows() throws Exception {
        JdbcInputFormat format =
                JdbcInputFormat.buildJdbcInputFormat()
                        .setDBUrl(database.url())
                        .setUsername(PostgresServer.USER)
                        .setPassword(PostgresServer.PASSWORD)
                        .setDrivername("org.postgresql.Driver")
                        .setQuery("SELECT id, title FROM books WHERE id BETWEEN ? AND ?")
                        .setRowTypeInfo(new RowTypeInfo(Types.LONG, Types.STRING))
                        .setParametersProvider(
                                new JdbcNumericBetweenParametersProvider(100, 1, 500))
                        .setFetchSize(10)
                        .setAutoCommit(false)
                        .finish();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        assertThat(env.createInput(format).executeAndCollect(1_000))
                .hasSize(500)
                .contains(Row.of(1L, "book 1"), Row.of(500L, "book 500"));
    }

    @Test
    void aMissingTableAndAWrongPasswordEndTheJob() {
        JdbcSource<Long> missing =
                source("SELECT id FROM nowhere", result -> result.getLong(1))
                        .setTypeInformation(Types.LONG)
                        .build();
        assertThatThrownBy(() -> read(missing))
                .hasStackTraceContaining("PROGRAM_INVALID")
                .hasStackTraceContaining("42P01")
                .hasStackTraceContaining("SELECT id FROM nowhere");
        JdbcSource<Long> wrong =
                source("SELECT id FROM books", result -> result.getLong(1))
                        .setTypeInformation(Types.LONG)
                        .setPassword("wrong")
                        .build();
        assertThatThrownBy(() -> read(wrong)).hasStackTraceContaining("AUTHENTICATION_FAILED");
    }

    private QuerySettings<Long> settings() {
        return new QuerySettings<>(
                "SELECT id FROM books WHERE id > ? ORDER BY id",
                result -> result.getLong(1),
                new SimpleJdbcConnectionProvider(database.options()),
                ResultSet.TYPE_FORWARD_ONLY,
                ResultSet.CONCUR_READ_ONLY,
                false,
                10,
                10,
                false);
    }

    private static List<Long> rows(QuerySettings<Long> settings, JdbcSourceSplit split)
            throws Exception {
        try (SplitQuery<Long> query = SplitQuery.prepare(settings, split)) {
            query.execute();
            List<Long> rows = new ArrayList<>();
            for (Long row = query.next(); row != null; row = query.next()) {
                rows.add(row);
            }
            return rows;
        } finally {
            settings.connections().closeConnection();
        }
    }

    @Test
    void aSplitGoesOnBehindTheRowsThatWereRead() throws Exception {
        Serializable[] from = {490L};
        assertThat(rows(settings(), new JdbcSourceSplit(0, from, 0))).hasSize(11);
        assertThat(rows(settings(), new JdbcSourceSplit(0, from, 8)))
                .containsExactly(499L, 500L, 501L);
        assertThat(rows(settings(), new JdbcSourceSplit(0, from, 11))).isEmpty();
    }

    @Test
    void rowsThatAreNotThereAnyMoreAreAnErrorWithTheNumbers() {
        assertThatThrownBy(
                        () ->
                                rows(
                                        settings(),
                                        new JdbcSourceSplit(3, new Serializable[] {490L}, 12)))
                .hasMessageContaining("OFFSET_OUT_OF_RANGE")
                .hasMessageContaining("split 3[490]")
                .hasMessageContaining("has 11 rows now, but 12 had been read");
    }
}
