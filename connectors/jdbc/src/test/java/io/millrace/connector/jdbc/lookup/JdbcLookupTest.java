package io.millrace.connector.jdbc.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.KeySelector;
import io.millrace.api.stream.AsyncDataStream;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import io.millrace.connector.jdbc.testing.Database;
import io.millrace.connector.jdbc.testing.SharedPostgres;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lookups in a real database, one by one and in programs. */
@ExtendWith(SharedPostgres.class)
@Timeout(60)
class JdbcLookupTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private final Database database;

    JdbcLookupTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void table() throws Exception {
        database.execute(
                "CREATE TABLE users (id BIGINT, name TEXT)",
                "INSERT INTO users SELECT i, 'user ' || i FROM generate_series(0, 49) i",
                "INSERT INTO users VALUES (7, 'second 7')");
    }

    private JdbcLookup.Builder<Long, String> lookup() {
        return JdbcLookup.<Long, String>builder()
                .setConnectionOptions(database.options())
                .setQuery("SELECT name FROM users WHERE id = ? ORDER BY name")
                .setResultExtractor(result -> result.getString(1));
    }

    private static LookupJoin<Long, String, String> join() {
        return (id, names, out) -> {
            if (names.isEmpty()) {
                out.collect(id + " nobody");
            }
            names.forEach(name -> out.collect(id + " " + name));
        };
    }

    private static DataStream<Long> ids() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        return env.fromSequence(0, 199).map(n -> n % 60);
    }

    private static void assertJoined(List<String> joined) {
        // 200 records, of which 4 have key 7 with two rows.
        assertThat(joined).hasSize(204);
        assertThat(joined).filteredOn("7 second 7"::equals).hasSize(4);
        assertThat(joined).filteredOn("3 user 3"::equals).hasSize(4);
        assertThat(joined).filteredOn("55 nobody"::equals).hasSize(3);
    }

    @Test
    void joinsOnTheTask() throws Exception {
        KeySelector<Long, Long> self = id -> id;
        assertJoined(
                ids().flatMap(lookup().build().function(self, join()))
                        .returns(Types.STRING)
                        .executeAndCollect(1_000));
    }

    @Test
    void joinsBesideTheTask() throws Exception {
        KeySelector<Long, Long> self = id -> id;
        assertJoined(
                AsyncDataStream.unorderedWait(
                                ids(),
                                lookup().build().asyncFunction(self, join(), 3),
                                30,
                                TimeUnit.SECONDS,
                                20)
                        .returns(Types.STRING)
                        .executeAndCollect(1_000));
    }

    @Test
    void anErrorOfTheDatabaseFailsTheJobOfAnAsynchronousLookup() {
        KeySelector<Long, Long> self = id -> id;
        assertThatThrownBy(
                        () ->
                                AsyncDataStream.orderedWait(
                                                ids(),
                                                lookup().setQuery(
                                                                "SELECT x FROM users WHERE id = ?")
                                                        .build()
                                                        .asyncFunction(self, join(), 2),
                                                30,
                                                TimeUnit.SECONDS,
                                                20)
                                        .returns(Types.STRING)
                                        .executeAndCollect(1_000))
                .hasStackTraceContaining("PROGRAM_INVALID")
                .hasStackTraceContaining("look up key")
                .hasStackTraceContaining("42703");
    }

    @Test
    void aCacheForgetsAfterItsExpiryAndKeepsWhatIsMissingOnlyIfItShall() {
        AtomicLong nanos = new AtomicLong();
        LookupCache<Long, String> cache =
                new LookupCache<>(lookup().setCache(10, Duration.ofSeconds(5)).build(), nanos::get);
        cache.put(1L, List.of("a"));
        cache.put(2L, List.of());
        nanos.set(Duration.ofSeconds(5).toNanos() - 1);
        assertThat(cache.find(1L)).containsExactly("a");
        assertThat(cache.find(2L)).isEmpty();
        nanos.incrementAndGet();
        assertThat(cache.find(1L)).isNull();
        assertThat(cache.hits()).isEqualTo(2);
        assertThat(cache.misses()).isEqualTo(1);

        LookupCache<Long, String> onlyFound =
                new LookupCache<>(lookup().setCacheMissing(false).build(), nanos::get);
        onlyFound.put(2L, List.of());
        assertThat(onlyFound.find(2L)).isNull();
        LookupCache<Long, String> none =
                new LookupCache<>(lookup().setCache(0, Duration.ofSeconds(1)).build(), nanos::get);
        none.put(1L, List.of("a"));
        assertThat(none.find(1L)).isNull();
    }

    @Test
    void aCacheKeepsNoMoreKeysThanItMay() {
        LookupCache<Long, String> cache =
                new LookupCache<>(lookup().setCache(10, Duration.ofSeconds(5)).build(), () -> 0L);
        for (long key = 0; key < 1_000; key++) {
            cache.put(key, List.of("a"));
        }
        int kept = 0;
        for (long key = 0; key < 1_000; key++) {
            kept += cache.find(key) == null ? 0 : 1;
        }
        assertThat(kept).isLessThanOrEqualTo(10);
    }

    @Test
    void asksAgainOverANewConnection() throws Exception {
        try (LookupQuery<Long, String> query = new LookupQuery<>(lookup().build())) {
            assertThat(query.rowsOf(1L)).containsExactly("user 1");
            database.endSessions();
            assertThat(query.rowsOf(7L)).containsExactly("second 7", "user 7");
            assertThat(query.rowsOf(99L)).isEmpty();
        }
    }

    @Test
    void aKeyWithTooManyRowsIsAnError() {
        try (LookupQuery<Long, String> query = new LookupQuery<>(lookup().setMaxRows(1).build())) {
            assertThat(query.rowsOf(1L)).containsExactly("user 1");
            assertThatThrownBy(() -> query.rowsOf(7L))
                    .hasMessageContaining("key 7 has more than 1 rows")
                    .hasMessageContaining("setMaxRows");
        }
    }

    @Test
    void aQueryThatTakesTooLongIsAnErrorWithItsKey() {
        try (LookupQuery<Long, String> query =
                new LookupQuery<>(
                        lookup().setQuery("SELECT pg_sleep(30)::text WHERE ? > 0")
                                .setQueryTimeoutSeconds(1)
                                .setMaxRetries(0)
                                .build())) {
            assertThatThrownBy(() -> query.rowsOf(5L))
                    .hasMessageContaining("look up key 5 in 1 attempts")
                    .hasMessageContaining("57014");
        }
    }
}
