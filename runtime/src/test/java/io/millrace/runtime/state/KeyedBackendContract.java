package io.millrace.runtime.state;

import static io.millrace.runtime.state.BackendHarness.KEY_GROUPS;
import static io.millrace.runtime.state.BackendHarness.groupOf;
import static io.millrace.runtime.state.BackendHarness.setKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.Row;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every keyed back end must do. */
public abstract class KeyedBackendContract {
    protected BackendHarness harness;

    @TempDir Path directory;

    protected abstract KeyedBackendProvider provider();

    /**
     * One that writes a test's state as one file, for tests of how much is written: files of a back
     * end that has many may be merged at any time, and are written anew then.
     */
    protected KeyedBackendProvider roomyProvider() {
        return provider();
    }

    /** A value that can change. */
    public static class Counter {
        public long count;
        public String name;

        public Counter() {}

        Counter(long count, String name) {
            this.count = count;
            this.name = name;
        }
    }

    /** Two versions of one type, and one that is something else: what programs change. */
    private static final TypeInformation<Row> BEFORE =
            Types.ROW_NAMED(new String[] {"number", "text"}, Types.INT, Types.STRING);

    private static final TypeInformation<Row> AFTER =
            Types.ROW_NAMED(
                    new String[] {"text", "number", "added"},
                    Types.STRING,
                    Types.LONG,
                    Types.STRING);

    private static final TypeInformation<Row> OTHER =
            Types.ROW_NAMED(new String[] {"number", "text"}, Types.BOOLEAN, Types.STRING);

    @BeforeEach
    void makeHarness() {
        harness = new BackendHarness(provider(), directory);
    }

    @AfterEach
    void closeBackends() {
        harness.close();
    }

    protected final TableSpec values(String name, TypeInformation<?> type) {
        return new TableSpec(name, TableSpec.Shape.VALUE, null, null, harness.serializer(type));
    }

    protected final TableSpec lists(String name, TypeInformation<?> type) {
        return new TableSpec(name, TableSpec.Shape.LIST, null, null, harness.serializer(type));
    }

    protected final TableSpec maps(String name, TypeInformation<?> keys, TypeInformation<?> type) {
        return new TableSpec(
                name,
                TableSpec.Shape.MAP,
                null,
                harness.serializer(keys),
                harness.serializer(type));
    }

    protected final TableSpec inNamespaces(TableSpec spec, TypeInformation<?> namespaces) {
        return new TableSpec(
                spec.name(),
                spec.shape(),
                harness.serializer(namespaces),
                spec.mapKeys(),
                spec.values());
    }

    private static Map<Object, Object> contentOf(MapTable table) {
        Map<Object, Object> content = new HashMap<>();
        table.entries().forEachRemaining(entry -> content.put(entry.getKey(), entry.getValue()));
        return content;
    }

    /** What a table of values has, by asking for each key. */
    private static Map<Object, Object> contentOf(KeyedBackend backend, ValueTable table, int keys) {
        Map<Object, Object> content = new HashMap<>();
        for (long key = 0; key < keys; key++) {
            setKey(backend, key);
            Object value = table.get();
            if (value != null) {
                content.put(key, value);
            }
        }
        return content;
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void keepsNumbersOfEachType(TypeInformation<?> type, Object low, Object high) throws Exception {
        KeyedBackend backend = harness.backend(Types.INT);
        TableSpec spec = values("v", type);
        ValueTable table = backend.values(spec);
        for (int key = -500; key < 500; key++) {
            setKey(backend, key);
            assertThat(table.get()).isNull();
            table.put(key % 2 == 0 ? low : high);
        }
        for (int key = -500; key < 500; key += 3) {
            setKey(backend, key);
            table.remove();
        }
        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.FULL);

        KeyedBackend again = harness.restored(Types.INT, parts);
        ValueTable restored = again.values(spec);
        for (int key = -500; key < 500; key++) {
            Object expected = (key + 500) % 3 == 0 ? null : key % 2 == 0 ? low : high;
            setKey(backend, key);
            assertThat(table.get()).isEqualTo(expected);
            setKey(again, key);
            assertThat(restored.get()).isEqualTo(expected);
        }
        assertThat(again.entries()).isEqualTo(666);
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of(Types.BYTE, Byte.MIN_VALUE, (byte) 0),
                Arguments.of(Types.SHORT, (short) -1, Short.MAX_VALUE),
                Arguments.of(Types.INT, Integer.MIN_VALUE, 0),
                Arguments.of(Types.LONG, -1L, Long.MAX_VALUE),
                Arguments.of(Types.FLOAT, Float.NaN, -0.0f),
                Arguments.of(Types.DOUBLE, Double.NEGATIVE_INFINITY, Double.MIN_VALUE));
    }

    @Test
    void keepsAValueForEachKey() throws Exception {
        KeyedBackend backend = harness.backend(Types.STRING);
        ValueTable table = backend.values(values("v", Types.LONG));

        setKey(backend, "a");
        assertThat(table.get()).isNull();
        table.put(1L);
        setKey(backend, "b");
        table.put(2L);
        setKey(backend, "a");
        assertThat(table.get()).isEqualTo(1L);
        table.put(3L);
        assertThat(table.get()).isEqualTo(3L);
        table.remove();
        assertThat(table.get()).isNull();
        table.remove();
        setKey(backend, "b");

        assertThat(table.get()).isEqualTo(2L);
        assertThat(backend.key()).isEqualTo("b");
        assertThat(backend.entries()).isEqualTo(1);
    }

    @Test
    void keepsTablesApart() throws Exception {
        KeyedBackend backend = harness.backend(Types.STRING);
        ValueTable first = backend.values(values("first", Types.LONG));
        ValueTable second = backend.values(values("second", Types.LONG));

        setKey(backend, "a");
        first.put(1L);
        assertThat(second.get()).isNull();
        second.put(2L);
        first.remove();

        assertThat(second.get()).isEqualTo(2L);
        assertThat(backend.values(values("second", Types.LONG)).get()).isEqualTo(2L);
    }

    @Test
    void keepsNamespacesOfAKeyApart() throws Exception {
        KeyedBackend backend = harness.backend(Types.STRING);
        ValueTable table = backend.values(inNamespaces(values("v", Types.LONG), Types.LONG));

        for (String key : List.of("a", "b")) {
            setKey(backend, key);
            for (long namespace = 0; namespace < 1000; namespace++) {
                table.setNamespace(namespace);
                table.put(namespace * 2);
            }
        }
        setKey(backend, "a");
        for (long namespace = 0; namespace < 1000; namespace += 2) {
            table.setNamespace(namespace);
            table.remove();
        }

        setKey(backend, "a");
        for (long namespace = 0; namespace < 1000; namespace++) {
            table.setNamespace(namespace);
            assertThat(table.get()).isEqualTo(namespace % 2 == 0 ? null : (Long) (namespace * 2));
        }
        setKey(backend, "b");
        table.setNamespace(0L);
        assertThat(table.get()).isEqualTo(0L);
        assertThat(backend.entries()).isEqualTo(1500);
    }

    @Test
    void appendsToLists() throws Exception {
        KeyedBackend backend = harness.backend(Types.STRING);
        ListTable table = backend.lists(lists("l", Types.LONG));

        setKey(backend, "a");
        assertThat(table.get()).isNull();
        for (long i = 0; i < 1000; i++) {
            table.add(i);
        }
        setKey(backend, "b");
        table.addAll(List.of(1L, 2L));
        table.addAll(List.of());
        setKey(backend, "c");
        table.addAll(List.of());
        assertThat(table.get()).isNull();

        setKey(backend, "a");
        assertThat(table.get())
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(i -> (Object) (long) i).toList());
        table.replace(List.of(7L));
        assertThat(table.get()).containsExactly(7L);
        table.replace(List.of());
        assertThat(table.get()).isNull();
        setKey(backend, "b");
        assertThat(table.get()).containsExactly(1L, 2L);
        table.remove();
        assertThat(backend.entries()).isZero();
    }

    @Test
    void keepsAMapForEachKey() throws Exception {
        KeyedBackend backend = harness.backend(Types.STRING);
        MapTable table = backend.maps(maps("m", Types.STRING, Types.LONG));

        setKey(backend, "a");
        assertThat(table.isEmpty()).isTrue();
        assertThat(table.entries().hasNext()).isFalse();
        for (long i = 0; i < 2000; i++) {
            table.put("k" + i, i);
        }
        table.put("null", null);
        setKey(backend, "b");
        assertThat(table.get("k1")).isNull();
        table.put("k1", -1L);
        setKey(backend, "a");

        assertThat(table.get("k1")).isEqualTo(1L);
        assertThat(table.get("null")).isNull();
        assertThat(table.contains("null")).isTrue();
        assertThat(table.contains("nothing")).isFalse();
        assertThat(contentOf(table)).hasSize(2001).containsEntry("k1999", 1999L);
        table.remove("k1");
        table.remove("nothing");
        assertThat(table.contains("k1")).isFalse();
        table.clear();
        assertThat(table.isEmpty()).isTrue();
        setKey(backend, "b");
        assertThat(contentOf(table)).containsExactly(Map.entry("k1", -1L));
        table.remove("k1");
        assertThat(table.isEmpty()).isTrue();
        assertThat(backend.entries()).isZero();
    }

    @Test
    void removesAndReplacesEntriesWhileIterating() throws Exception {
        KeyedBackend backend = harness.backend(Types.STRING);
        MapTable table = backend.maps(maps("m", Types.LONG, Types.LONG));
        setKey(backend, "a");
        for (long i = 0; i < 3000; i++) {
            table.put(i, i);
        }

        Iterator<Map.Entry<Object, Object>> entries = table.entries();
        Set<Object> seen = new HashSet<>();
        while (entries.hasNext()) {
            Map.Entry<Object, Object> entry = entries.next();
            assertThat(seen.add(entry.getKey())).isTrue();
            if ((Long) entry.getKey() % 3 == 0) {
                entries.remove();
            } else if ((Long) entry.getKey() % 3 == 1) {
                assertThat(entry.setValue(-1L)).isEqualTo(entry.getKey());
            }
        }

        assertThat(seen).hasSize(3000);
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
        Map<Object, Object> content = contentOf(table);
        assertThat(content).hasSize(2000).doesNotContainKey(0L);
        assertThat(content.get(1L)).isEqualTo(-1L);
        assertThat(content.get(2L)).isEqualTo(2L);
        entries = table.entries();
        assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
        while (entries.hasNext()) {
            entries.next();
            entries.remove();
        }
        assertThat(table.isEmpty()).isTrue();
    }

    @Test
    void showsEachKeyOnceWhileItsStateChanges() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ValueTable table = backend.values(values("v", Types.LONG));
        ValueTable other = backend.values(values("other", Types.LONG));
        for (long key = 0; key < 5000; key++) {
            setKey(backend, key);
            table.put(key);
        }
        setKey(backend, 17L);

        List<Object> seen = new ArrayList<>();
        backend.forEachKey(
                "v",
                null,
                key -> {
                    seen.add(key);
                    assertThat(backend.key()).isEqualTo(key);
                    assertThat(table.get()).isEqualTo(key);
                    other.put(1L);
                    if ((Long) key % 2 == 0) {
                        table.remove();
                    } else {
                        table.put(-1L);
                    }
                });

        assertThat(seen).doesNotHaveDuplicates().hasSize(5000);
        assertThat(backend.key()).isEqualTo(17L);
        assertThat(table.get()).isEqualTo(-1L);
        assertThat(backend.entries()).isEqualTo(7500);
        backend.forEachKey("nothing", null, key -> seen.add("called"));
        assertThat(seen).doesNotContain("called");
    }

    @Test
    void showsTheKeysOfOneNamespace() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ValueTable table = backend.values(inNamespaces(values("v", Types.LONG), Types.STRING));
        for (long key = 0; key < 100; key++) {
            setKey(backend, key);
            table.setNamespace(key % 10 == 0 ? "few" : "many");
            table.put(key);
        }

        List<Object> seen = new ArrayList<>();
        backend.forEachKey(
                "v",
                "few",
                key -> {
                    table.setNamespace("few");
                    assertThat(table.get()).isEqualTo(key);
                    seen.add(key);
                });

        assertThat(seen).hasSize(10).contains(0L, 90L);
    }

    @Test
    void refusesAKeyOfAnotherSubtask() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG, 0, 7, List.of());
        long foreign = 0;
        while (groupOf(foreign) <= 7) {
            foreign++;
        }
        long key = foreign;

        assertThatThrownBy(() -> setKey(backend, key))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("key group " + groupOf(key))
                .hasMessageContaining("tested");
    }

    @Test
    void refusesUseWithoutAKey() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ValueTable table = backend.values(values("v", Types.LONG));

        assertThatThrownBy(table::get)
                .hasMessageContaining("state 'v'")
                .hasMessageContaining("tested")
                .hasMessageContaining("no current key");
        assertThatThrownBy(() -> table.put(1L)).hasMessageContaining("no current key");
    }

    @Test
    void refusesTwoTablesOfOneName() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        backend.values(values("v", Types.LONG));

        assertThatThrownBy(() -> backend.lists(lists("v", Types.LONG)))
                .hasMessageContaining("'v'")
                .hasMessageContaining("VALUE")
                .hasMessageContaining("LIST");
    }

    @ParameterizedTest
    @EnumSource(CheckpointKind.class)
    void givesBackWhatWasThereAtTheFreeze(CheckpointKind kind) throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ValueTable table = backend.values(values("v", Types.STRING));
        for (long key = 0; key < 10_000; key++) {
            setKey(backend, key);
            table.put("first " + key);
        }
        Map<Object, Object> expected = contentOf(backend, table, 10_000);

        long id = harness.nextCheckpoint();
        FrozenState frozen = backend.freeze(id, kind);
        for (long key = 0; key < 20_000; key += 3) {
            setKey(backend, key);
            table.put("second " + key);
        }
        for (long key = 1; key < 10_000; key += 3) {
            setKey(backend, key);
            table.remove();
        }
        Map<Object, Object> changed = contentOf(backend, table, 20_000);
        List<StatePart> parts = harness.write(frozen, id);

        KeyedBackend again = harness.restored(Types.LONG, parts);
        assertThat(contentOf(again, again.values(values("v", Types.STRING)), 20_000))
                .isEqualTo(expected);
        assertThat(again.entries()).isEqualTo(expected.size());
        assertThat(contentOf(backend, table, 20_000)).isEqualTo(changed);
    }

    @Test
    void doesNotLetLaterChangesOfAnObjectIntoAFreeze() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        TableSpec values = values("v", Types.POJO(Counter.class));
        TableSpec lists = lists("l", Types.POJO(Counter.class));
        TableSpec maps = maps("m", Types.STRING, Types.POJO(Counter.class));
        ValueTable value = backend.values(values);
        ListTable list = backend.lists(lists);
        MapTable map = backend.maps(maps);
        for (long key = 0; key < 1000; key++) {
            setKey(backend, key);
            value.put(new Counter(key, "v"));
            list.add(new Counter(key, "l"));
            map.put("k", new Counter(key, "m"));
        }

        long id = harness.nextCheckpoint();
        FrozenState frozen = backend.freeze(id, CheckpointKind.INCREMENTAL);
        for (int round = 0; round < 2; round++) {
            for (long key = 0; key < 1000; key++) {
                setKey(backend, key);
                Counter counter = (Counter) value.get();
                counter.count += 1_000_000;
                value.put(counter);
                Counter element = (Counter) list.get().get(0);
                element.count += 1_000_000;
                list.replace(List.of(element));
                Counter entry = (Counter) map.get("k");
                entry.count += 1_000_000;
                map.put("k", entry);
                Counter iterated = (Counter) map.entries().next().getValue();
                iterated.count += 1_000_000;
                map.put("k", iterated);
            }
        }
        KeyedBackend again = harness.restored(Types.LONG, harness.write(frozen, id));

        for (long key = 0; key < 1000; key++) {
            setKey(again, key);
            assertThat(((Counter) again.values(values).get()).count).isEqualTo(key);
            assertThat(((Counter) again.lists(lists).get().get(0)).count).isEqualTo(key);
            assertThat(((Counter) again.maps(maps).get("k")).count).isEqualTo(key);
            setKey(backend, key);
            assertThat(((Counter) value.get()).count).isEqualTo(key + 2_000_000);
            assertThat(((Counter) list.get().get(0)).count).isEqualTo(key + 2_000_000);
            assertThat(((Counter) map.get("k")).count).isEqualTo(key + 4_000_000);
        }
    }

    @Test
    void freezesListsAndMapsThatGrow() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        TableSpec lists = lists("l", Types.LONG);
        TableSpec maps = maps("m", Types.LONG, Types.LONG);
        setKey(backend, 1L);
        for (long i = 0; i < 700; i++) {
            backend.lists(lists).add(i);
            backend.maps(maps).put(i, i);
        }

        long id = harness.nextCheckpoint();
        FrozenState frozen = backend.freeze(id, CheckpointKind.FULL);
        for (long i = 700; i < 3000; i++) {
            backend.lists(lists).add(i);
            backend.maps(maps).put(i, i);
            backend.maps(maps).remove(i - 700);
        }
        KeyedBackend again = harness.restored(Types.LONG, harness.write(frozen, id));

        setKey(again, 1L);
        assertThat(again.lists(lists).get()).hasSize(700).contains(0L, 699L);
        assertThat(contentOf(again.maps(maps))).hasSize(700).containsKeys(0L, 699L);
        assertThat(backend.lists(lists).get()).hasSize(3000);
        assertThat(contentOf(backend.maps(maps))).hasSize(700).containsKeys(2300L, 2999L);
    }

    @Test
    void keepsSeveralFreezesApart() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ValueTable table = backend.values(values("v", Types.LONG));
        List<Long> ids = new ArrayList<>();
        List<FrozenState> frozen = new ArrayList<>();
        List<Map<Object, Object>> expected = new ArrayList<>();
        for (long round = 0; round < 4; round++) {
            for (long key = round * 100; key < 1000; key++) {
                setKey(backend, key);
                table.put(round);
            }
            expected.add(contentOf(backend, table, 1000));
            long id = harness.nextCheckpoint();
            ids.add(id);
            frozen.add(backend.freeze(id, CheckpointKind.INCREMENTAL));
        }
        setKey(backend, 5L);
        table.remove();

        for (int i : new int[] {2, 0, 3, 1}) {
            KeyedBackend again =
                    harness.restored(Types.LONG, harness.write(frozen.get(i), ids.get(i)));
            assertThat(contentOf(again, again.values(values("v", Types.LONG)), 1000))
                    .isEqualTo(expected.get(i));
        }
    }

    @Test
    void goesOnAfterAFreezeThatNobodyWrote() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ValueTable table = backend.values(values("v", Types.LONG));
        setKey(backend, 1L);
        table.put(1L);
        harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        table.put(2L);
        long aborted = harness.nextCheckpoint();
        FrozenState frozen = backend.freeze(aborted, CheckpointKind.INCREMENTAL);
        setKey(backend, 2L);
        table.put(3L);
        frozen.close();
        frozen.close();
        backend.onAborted(aborted);

        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);

        KeyedBackend again = harness.restored(Types.LONG, parts);
        assertThat(contentOf(again, again.values(values("v", Types.LONG)), 10))
                .isEqualTo(Map.of(1L, 2L, 2L, 3L));
    }

    @Test
    void nothingIsBuiltOnWhatWasThereBeforeAFullCheckpoint() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ValueTable table = backend.values(values("v", Types.STRING));
        for (long key = 0; key < 10_000; key++) {
            setKey(backend, key);
            table.put("value of the key " + key);
        }
        Set<String> before = filesOf(harness.checkpoint(backend, CheckpointKind.INCREMENTAL));
        before.addAll(filesOf(harness.checkpoint(backend, CheckpointKind.FULL)));

        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);

        assertThat(filesOf(parts)).isNotEmpty().doesNotContainAnyElementsOf(before);
        KeyedBackend again = harness.restored(Types.LONG, parts);
        assertThat(contentOf(again, again.values(values("v", Types.STRING)), 10_000))
                .hasSize(10_000);
    }

    @Test
    void aSavepointStandsAloneAndTheNextCheckpointGoesOnFromTheOneBefore() throws Exception {
        harness = new BackendHarness(roomyProvider(), directory);
        KeyedBackend backend = harness.backend(Types.LONG);
        TableSpec values = values("v", Types.STRING);
        TableSpec numbers = values("n", Types.LONG);
        for (long key = 0; key < 50_000; key++) {
            setKey(backend, key);
            backend.values(values).put("value of the key " + key);
            backend.values(numbers).put(key);
        }
        Set<String> before = filesOf(harness.checkpoint(backend, CheckpointKind.INCREMENTAL));
        long all = harness.segments().written();
        List<StatePart> parts = null;
        for (int round = 0; round < 3; round++) {
            for (long key = round; key < 50_000; key += 100) {
                setKey(backend, key);
                backend.values(values).put("changed before savepoint " + round);
                backend.values(numbers).remove();
            }
            Map<Object, Object> expected = contentOf(backend, backend.values(numbers), 50_000);
            List<StatePart> savepoint = harness.checkpoint(backend, CheckpointKind.SAVEPOINT);
            Set<String> ofSavepoint = filesOf(savepoint);
            assertThat(ofSavepoint).isNotEmpty().doesNotContainAnyElementsOf(before);
            assertThat(savepoint).allMatch(part -> part.form().equals(TableForm.NAME));
            KeyedBackend saved = harness.restored(Types.LONG, savepoint);
            assertThat(contentOf(saved, saved.values(numbers), 50_000)).isEqualTo(expected);
            ofSavepoint.forEach(harness.segments()::delete);
            for (long key = 50 + round; key < 50_000; key += 100) {
                setKey(backend, key);
                backend.values(values).put("changed behind savepoint " + round);
            }

            long written = harness.segments().written();
            parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
            assertThat(harness.segments().written() - written).isLessThan(all / 10);
            assertThat(filesOf(parts)).containsAnyElementsOf(before);
            before.addAll(filesOf(parts));
        }

        KeyedBackend again = harness.restored(Types.LONG, parts);
        assertThat(contentOf(again, again.values(values), 50_000))
                .hasSize(50_000)
                .isEqualTo(contentOf(backend, backend.values(values), 50_000));
        assertThat(contentOf(again, again.values(numbers), 50_000))
                .isEqualTo(contentOf(backend, backend.values(numbers), 50_000));
    }

    @Test
    void aSavepointIsNotNeededByWhatComesBehindIt() throws Exception {
        KeyedBackend first = harness.backend(Types.LONG);
        for (long key = 0; key < 1000; key++) {
            setKey(first, key);
            first.values(values("v", Types.LONG)).put(key);
            first.values(values("w", Types.LONG)).put(key);
            first.values(values("x", Types.LONG)).put(key);
        }
        KeyedBackend backend =
                harness.restored(Types.LONG, harness.checkpoint(first, CheckpointKind.INCREMENTAL));
        backend.values(values("v", Types.LONG));
        filesOf(harness.checkpoint(backend, CheckpointKind.SAVEPOINT))
                .forEach(harness.segments()::delete);
        setKey(backend, 7L);
        backend.values(values("v", Types.LONG)).put(-7L);
        backend.values(values("w", Types.LONG)).put(-7L);

        KeyedBackend again =
                harness.restored(
                        Types.LONG, harness.checkpoint(backend, CheckpointKind.INCREMENTAL));
        setKey(again, 7L);
        assertThat(again.values(values("v", Types.LONG)).get()).isEqualTo(-7L);
        assertThat(again.values(values("w", Types.LONG)).get()).isEqualTo(-7L);
        for (String name : List.of("v", "w", "x")) {
            assertThat(contentOf(again, again.values(values(name, Types.LONG)), 1000))
                    .hasSize(1000);
        }
    }

    private static Set<String> filesOf(List<StatePart> parts) {
        Set<String> files = new HashSet<>();
        for (StatePart part : parts) {
            for (Piece piece : part.pieces()) {
                if (piece instanceof Piece.Stored stored) {
                    files.add(stored.segment().file());
                }
            }
        }
        return files;
    }

    @Test
    void writesLittleWhenLittleHasChanged() throws Exception {
        harness = new BackendHarness(roomyProvider(), directory);
        KeyedBackend backend = harness.backend(Types.LONG);
        ValueTable table = backend.values(values("v", Types.STRING));
        for (long key = 0; key < 100_000; key++) {
            setKey(backend, key);
            table.put("value of the key " + key);
        }
        harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        long all = harness.segments().written();
        List<StatePart> parts = null;
        for (int round = 1; round <= 3; round++) {
            for (long key = round; key < 100_000; key += 100) {
                setKey(backend, key);
                table.put("changed in round " + round);
            }
            long before = harness.segments().written();
            parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
            assertThat(harness.segments().written() - before).isLessThan(all / 20);
        }

        KeyedBackend again = harness.restored(Types.LONG, parts);
        assertThat(contentOf(again, again.values(values("v", Types.STRING)), 100_000))
                .isEqualTo(contentOf(backend, table, 100_000));
    }

    @Test
    void goesOnFromWhatWasRestored() throws Exception {
        harness = new BackendHarness(roomyProvider(), directory);
        KeyedBackend backend = harness.backend(Types.LONG);
        TableSpec values = values("v", Types.STRING);
        TableSpec numbers = values("n", Types.LONG);
        TableSpec maps = maps("m", Types.LONG, Types.LONG);
        for (long key = 0; key < 50_000; key++) {
            setKey(backend, key);
            backend.values(values).put("value of the key " + key);
            backend.values(numbers).put(key);
            backend.maps(maps).put(1L, key);
            backend.maps(maps).put(2L, key);
        }
        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        long all = harness.segments().written();
        for (int round = 0; round < 4; round++) {
            backend = harness.restored(Types.LONG, parts);
            for (long key = round; key < 50_000; key += 100) {
                setKey(backend, key);
                backend.values(values).put("changed in round " + round);
                backend.values(numbers).remove();
                backend.maps(maps).remove(1L);
            }
            long before = harness.segments().written();
            parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
            assertThat(harness.segments().written() - before).isLessThan(all / 20);
        }

        KeyedBackend again = harness.restored(Types.LONG, parts);
        assertThat(contentOf(again, again.values(values), 50_000))
                .hasSize(50_000)
                .isEqualTo(contentOf(backend, backend.values(values), 50_000));
        assertThat(contentOf(again, again.values(numbers), 50_000)).hasSize(48_000);
        setKey(again, 3L);
        assertThat(again.maps(maps).contains(1L)).isFalse();
        assertThat(again.maps(maps).get(2L)).isEqualTo(3L);
        setKey(again, 4L);
        assertThat(again.maps(maps).get(1L)).isEqualTo(4L);
    }

    @Test
    void nothingIsBuiltOnWhatWasRestoredBeforeAFullCheckpoint() throws Exception {
        KeyedBackend first = harness.backend(Types.LONG);
        for (long key = 0; key < 1000; key++) {
            setKey(first, key);
            first.values(values("v", Types.LONG)).put(key);
            first.values(values("w", Types.LONG)).put(key);
            first.values(values("x", Types.LONG)).put(key);
        }
        Set<String> before = filesOf(harness.checkpoint(first, CheckpointKind.INCREMENTAL));
        KeyedBackend backend =
                harness.restored(Types.LONG, harness.checkpoint(first, CheckpointKind.INCREMENTAL));
        backend.values(values("v", Types.LONG));
        harness.checkpoint(backend, CheckpointKind.FULL);
        before.forEach(harness.segments()::delete);

        backend.values(values("w", Types.LONG));
        harness.checkpoint(backend, CheckpointKind.FULL);
        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);

        assertThat(filesOf(parts)).doesNotContainAnyElementsOf(before);
        KeyedBackend again = harness.restored(Types.LONG, parts);
        for (String name : List.of("v", "w", "x")) {
            assertThat(contentOf(again, again.values(values(name, Types.LONG)), 1000))
                    .hasSize(1000);
        }
    }

    @Test
    void doesNotReferToACheckpointThatIsNotComplete() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ValueTable table = backend.values(values("v", Types.LONG));
        for (long key = 0; key < 1000; key++) {
            setKey(backend, key);
            table.put(key);
        }
        long lost = harness.nextCheckpoint();
        harness.write(backend.freeze(lost, CheckpointKind.INCREMENTAL), lost);
        backend.onAborted(lost);
        harness.segments().delete("file-" + lost);
        setKey(backend, 1L);
        table.put(-1L);

        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);

        KeyedBackend again = harness.restored(Types.LONG, parts);
        assertThat(contentOf(again, again.values(values("v", Types.LONG)), 1000))
                .hasSize(1000)
                .containsEntry(1L, -1L);
    }

    @Test
    void fullCheckpointsReferToNoOtherFile() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ValueTable table = backend.values(values("v", Types.LONG));
        setKey(backend, 1L);
        table.put(1L);
        harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        setKey(backend, 2L);
        table.put(2L);

        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.FULL);

        harness.segments().delete("file-1");
        assertThat(parts).allMatch(part -> part.form().equals(TableForm.NAME));
        KeyedBackend again = harness.restored(Types.LONG, parts);
        assertThat(contentOf(again, again.values(values("v", Types.LONG)), 10)).hasSize(2);
    }

    @Test
    void readsAtAnotherParallelism() throws Exception {
        TableSpec values = inNamespaces(values("v", Types.LONG), Types.STRING);
        TableSpec maps = maps("m", Types.LONG, Types.LONG);
        List<List<StatePart>> parts = new ArrayList<>();
        int[][] ranges = {{0, 4}, {5, 9}, {10, KEY_GROUPS - 1}};
        for (int[] range : ranges) {
            KeyedBackend backend = harness.backend(Types.LONG, range[0], range[1], List.of());
            List<StatePart> last = List.of();
            for (int round = 0; round < 2; round++) {
                for (long key = round; key < 1000; key += 1 + round) {
                    if (groupOf(key) >= range[0] && groupOf(key) <= range[1]) {
                        setKey(backend, key);
                        backend.values(values).setNamespace("n");
                        backend.values(values).put(key + round);
                        backend.maps(maps).put((long) round, key);
                    }
                }
                last = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
            }
            parts.add(last);
        }
        int[][] others = {{0, 2}, {3, 11}, {12, KEY_GROUPS - 1}};

        for (int[] range : others) {
            KeyedBackend backend = harness.backend(Types.LONG, range[0], range[1], parts);
            for (long key = 0; key < 1000; key++) {
                if (groupOf(key) >= range[0] && groupOf(key) <= range[1]) {
                    setKey(backend, key);
                    backend.values(values).setNamespace("n");
                    assertThat(backend.values(values).get())
                            .isEqualTo(key % 2 == 0 ? key : key + 1);
                    assertThat(contentOf(backend.maps(maps))).hasSize(key % 2 == 0 ? 1 : 2);
                }
            }
        }
    }

    private List<StatePart> checkpointOfBefore() throws Exception {
        KeyedBackend backend = harness.backend(Types.STRING);
        setKey(backend, "a");
        Row row = Row.withNames();
        row.setField("number", 7);
        row.setField("text", "seven");
        backend.values(values("v", BEFORE)).put(row);
        return harness.checkpoint(backend, CheckpointKind.FULL);
    }

    @Test
    void readsValuesOfAnOlderType() throws Exception {
        KeyedBackend again = harness.restored(Types.STRING, checkpointOfBefore());
        ValueTable table = again.values(values("v", AFTER));

        setKey(again, "a");
        Row row = (Row) table.get();
        assertThat(row.getField("number")).isEqualTo(7L);
        assertThat(row.getField("text")).isEqualTo("seven");
        assertThat(row.getField("added")).isNull();

        KeyedBackend third =
                harness.restored(
                        Types.STRING, harness.checkpoint(again, CheckpointKind.INCREMENTAL));
        setKey(third, "a");
        assertThat(third.values(values("v", AFTER)).get()).isEqualTo(row);
    }

    @Test
    void refusesAnIncompatibleValueByName() throws Exception {
        KeyedBackend again = harness.restored(Types.STRING, checkpointOfBefore());
        int opened = harness.segments().opened();

        assertThatThrownBy(() -> again.values(values("v", OTHER)))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE))
                .hasMessageContaining("state 'v' of operator tested")
                .hasMessageContaining("number")
                .hasMessageContaining("INT")
                .hasMessageContaining("BOOLEAN");
        assertThat(harness.segments().opened()).as("before any content is read").isEqualTo(opened);
    }

    @Test
    void refusesAnotherTypeOfKeys() throws Exception {
        KeyedBackend backend = harness.backend(Types.STRING);
        setKey(backend, "a");
        backend.values(values("v", Types.LONG)).put(1L);
        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.FULL);

        KeyedBackend again = harness.restored(Types.LONG, parts);

        assertThatThrownBy(() -> again.values(values("v", Types.LONG)))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE))
                .hasMessageContaining("its key")
                .hasMessageContaining("STRING")
                .hasMessageContaining("LONG");
    }

    @Test
    void refusesATableThatHasAnotherShapeNow() throws Exception {
        KeyedBackend backend = harness.backend(Types.STRING);
        setKey(backend, "a");
        backend.values(values("v", Types.LONG)).put(1L);
        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.FULL);

        KeyedBackend again = harness.restored(Types.STRING, parts);

        assertThatThrownBy(() -> again.lists(lists("v", Types.LONG)))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE))
                .hasMessageContaining("VALUE")
                .hasMessageContaining("LIST");
        KeyedBackend other = harness.restored(Types.STRING, parts);
        assertThatThrownBy(() -> other.values(inNamespaces(values("v", Types.LONG), Types.LONG)))
                .hasMessageContaining("namespaces");
    }

    @Test
    void refusesAFormThatItDoesNotKnow() throws Exception {
        StatePart foreign =
                new StatePart(
                        StatePart.Kind.KEYED,
                        "v",
                        "unknown/7",
                        0,
                        KEY_GROUPS - 1,
                        0,
                        new byte[0],
                        List.of());

        assertThatThrownBy(
                        () -> {
                            KeyedBackend backend = harness.restored(Types.STRING, List.of(foreign));
                            backend.values(values("v", Types.LONG));
                        })
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INCOMPATIBLE))
                .hasMessageContaining("unknown/7");
    }

    @Test
    void noticesADamagedSegment() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        for (long key = 0; key < 100; key++) {
            setKey(backend, key);
            backend.values(values("v", Types.LONG)).put(key);
        }
        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.FULL);
        SegmentRef segment = ((Piece.Stored) parts.get(0).pieces().get(0)).segment();

        for (int index = 0; index < segment.length(); index += 7) {
            harness.segments().damage(segment, index);
            assertThatThrownBy(
                            () -> {
                                KeyedBackend again = harness.restored(Types.LONG, parts);
                                again.values(values("v", Types.LONG));
                            })
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT))
                    .hasMessageContaining(segment.file());
            harness.segments().damage(segment, index);
        }
    }

    @ParameterizedTest
    @EnumSource(CheckpointKind.class)
    void carriesOnTablesThatNobodyHasAskedFor(CheckpointKind kind) throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        for (long key = 0; key < 100; key++) {
            setKey(backend, key);
            backend.values(values("v", Types.LONG)).put(key);
            backend.values(values("w", Types.LONG)).put(-key);
        }
        List<StatePart> parts = harness.checkpoint(backend, kind);

        List<List<StatePart>> next = new ArrayList<>();
        for (int[] range : new int[][] {{0, 7}, {8, KEY_GROUPS - 1}}) {
            KeyedBackend half = harness.backend(Types.LONG, range[0], range[1], List.of(parts));
            half.values(values("w", Types.LONG));
            next.add(harness.checkpoint(half, kind));
        }
        KeyedBackend whole = harness.backend(Types.LONG, 0, KEY_GROUPS - 1, next);
        List<StatePart> last = harness.checkpoint(whole, kind);
        KeyedBackend again = harness.restored(Types.LONG, last);

        assertThat(contentOf(again, again.values(values("v", Types.LONG)), 100)).hasSize(100);
        assertThat(contentOf(again, again.values(values("w", Types.LONG)), 100)).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void behavesLikeMapsWhateverHappens(long seed) throws Exception {
        new RandomBackendUse(harness, seed).run();
    }
}
