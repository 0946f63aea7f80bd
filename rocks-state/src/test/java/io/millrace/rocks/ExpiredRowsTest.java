package io.millrace.rocks;

import static io.millrace.runtime.state.BackendHarness.setKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.state.BackendHarness;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.Lifetime;
import io.millrace.runtime.state.ListTable;
import io.millrace.runtime.state.MapTable;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody reads any more leaves the database, and nothing else does. */
class ExpiredRowsTest {
    private static final TypeInformation<?> STAMPED = Types.TUPLE(Types.LONG, Types.STRING);
    private static final int OLD = 4_000;
    private static final int NEW = 8_000;
    private static final int IN_MEMORY = OLD / 40;
    private static final long LIFETIME_MS = 60_000;

    @TempDir Path directory;

    private long nowMs = 1_000_000;
    private BackendHarness harness;
    private KeyedBackend backend;

    @BeforeEach
    void open() throws Exception {
        // A cache that holds next to nothing: what is written goes to the database.
        ProcessMemory process = ProcessMemory.of(1L << 30, 200_000, 16L << 20);
        harness =
                new BackendHarness(
                        new RocksBackendProvider(new SharedMemories(process, OptionalLong::empty)),
                        directory);
        backend = harness.backend(Types.LONG);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private TableSpec spec(TableSpec.Shape shape, boolean swept) {
        return new TableSpec(
                "table",
                shape,
                null,
                shape == TableSpec.Shape.MAP ? harness.serializer(Types.INT) : null,
                harness.serializer(STAMPED),
                new Lifetime(LIFETIME_MS, () -> nowMs, false, 0, false, swept));
    }

    private Object stamped(String value) {
        return Tuple2.of(nowMs, value);
    }

    /** Old keys, which expire, and new ones behind them. */
    private void overTime(LongConsumer use) {
        for (long key = 0; key < OLD; key++) {
            setKey(backend, key);
            use.accept(key);
        }
        nowMs += LIFETIME_MS;
        for (long key = OLD; key < OLD + NEW; key++) {
            setKey(backend, key);
            use.accept(key);
        }
    }

    @Test
    void valuesLeaveWhenTheyHaveExpired() {
        ValueTable table = backend.values(spec(TableSpec.Shape.VALUE, true));
        overTime(key -> table.put(stamped("v" + key)));

        assertLeft(NEW);
        for (long key = OLD; key < OLD + NEW; key++) {
            setKey(backend, key);
            assertThat(table.get()).isEqualTo(stamped("v" + key));
        }
    }

    @Test
    void theyStayIfNobodyAskedForIt() {
        ValueTable table = backend.values(spec(TableSpec.Shape.VALUE, false));
        overTime(key -> table.put(stamped("v" + key)));

        assertThat(backend.entries()).isEqualTo(OLD + NEW);
    }

    @Test
    void whatIsUsedAgainStays() {
        ValueTable table = backend.values(spec(TableSpec.Shape.VALUE, true));
        IntStream.range(0, OLD).forEach(key -> put(table, key));
        nowMs += LIFETIME_MS / 2;
        IntStream.range(0, OLD / 2).forEach(key -> put(table, key));
        nowMs += LIFETIME_MS / 2;
        IntStream.range(OLD, OLD + NEW).forEach(key -> put(table, key));

        assertLeft(OLD / 2 + NEW);
    }

    /** What was in memory when the hand passed it is there until the next round. */
    private void assertLeft(long rows) {
        assertThat(backend.entries()).isBetween(rows, rows + IN_MEMORY);
    }

    private void put(ValueTable table, long key) {
        setKey(backend, key);
        table.put(stamped("v" + key));
    }

    @Test
    void elementsOfListsLeaveEachForItself() {
        ListTable table = backend.lists(spec(TableSpec.Shape.LIST, true));
        for (long key = 0; key < OLD; key++) {
            setKey(backend, key);
            table.add(stamped("early"));
        }
        nowMs += LIFETIME_MS / 2;
        Object late = stamped("late");
        for (long key = 0; key < OLD / 2; key++) {
            setKey(backend, key);
            table.add(late);
        }
        nowMs += LIFETIME_MS / 2;
        for (long key = OLD; key < OLD + NEW; key++) {
            setKey(backend, key);
            table.add(stamped("new"));
        }

        assertLeft(OLD / 2 + NEW);
        int untouched = 0;
        for (long key = 0; key < OLD / 2; key++) {
            setKey(backend, key);
            assertThat(table.get()).asList().endsWith(late);
            untouched += table.get().size() - 1;
        }
        assertThat(untouched).isLessThanOrEqualTo(IN_MEMORY);
    }

    @Test
    void entriesOfMapsLeaveEachForItself() {
        MapTable table = backend.maps(spec(TableSpec.Shape.MAP, true));
        for (long key = 0; key < OLD; key++) {
            setKey(backend, key);
            table.put(1, stamped("early"));
        }
        nowMs += LIFETIME_MS / 2;
        Object late = stamped("late");
        for (long key = 0; key < OLD / 2; key++) {
            setKey(backend, key);
            table.put(2, late);
        }
        nowMs += LIFETIME_MS / 2;
        for (long key = OLD; key < OLD + NEW; key++) {
            setKey(backend, key);
            table.put(1, stamped("new"));
        }

        assertLeft(OLD / 2 + NEW);
        int untouched = 0;
        for (long key = 0; key < OLD / 2; key++) {
            setKey(backend, key);
            assertThat(table.get(2)).isEqualTo(late);
            untouched += table.get(1) == null ? 0 : 1;
        }
        assertThat(untouched).isLessThanOrEqualTo(IN_MEMORY);
    }
}
