package io.millrace.runtime.state.heap;

import static io.millrace.runtime.state.BackendHarness.setKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.BackendHarness;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.KeyedBackendContract;
import io.millrace.runtime.state.KeyedBackendProvider;
import io.millrace.runtime.state.ListTable;
import io.millrace.runtime.state.MapTable;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapBackendTest extends KeyedBackendContract {
    private static final int LAST = BackendHarness.KEY_GROUPS - 1;

    @Override
    protected KeyedBackendProvider provider() {
        return new HeapBackendProvider();
    }

    @Test
    void goesOnFromWhatWasRestoredAtAnotherParallelism(@TempDir Path directory) throws Exception {
        try (BackendHarness harness = new BackendHarness(provider(), directory)) {
            TableSpec spec =
                    new TableSpec(
                            "v",
                            TableSpec.Shape.VALUE,
                            null,
                            null,
                            harness.serializer(Types.STRING));
            KeyedBackend one = harness.backend(Types.LONG);
            for (long key = 0; key < 50_000; key++) {
                setKey(one, key);
                one.values(spec).put("value of the key " + key);
            }
            List<StatePart> parts = harness.checkpoint(one, CheckpointKind.INCREMENTAL);
            long all = harness.segments().written();

            List<List<StatePart>> halves = new ArrayList<>();
            for (int[] range : new int[][] {{0, 6}, {7, LAST}}) {
                KeyedBackend half = harness.backend(Types.LONG, range[0], range[1], List.of(parts));
                change(half, spec, range[0], range[1], "by a half");
                halves.add(harness.checkpoint(half, CheckpointKind.INCREMENTAL));
            }
            KeyedBackend whole = harness.backend(Types.LONG, 0, LAST, halves);
            change(whole, spec, 0, 3, "by the whole");
            List<StatePart> last = harness.checkpoint(whole, CheckpointKind.INCREMENTAL);

            assertThat(harness.segments().written() - all).isLessThan(all / 20);
            KeyedBackend again = harness.restored(Types.LONG, last);
            for (long key = 0; key < 50_000; key++) {
                setKey(again, key);
                int group = BackendHarness.groupOf(key);
                String expected =
                        key % 100 != 0
                                ? "value of the key " + key
                                : group <= 3 ? "by the whole" : "by a half";
                assertThat(again.values(spec).get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void forgetsWhatAllKeysHave(@TempDir Path directory) throws Exception {
        try (BackendHarness harness = new BackendHarness(provider(), directory)) {
            Serializer<Object> text = harness.serializer(Types.STRING);
            KeyedBackend backend = harness.backend(Types.LONG);
            ValueTable values =
                    backend.values(new TableSpec("v", TableSpec.Shape.VALUE, null, null, text));
            ListTable lists =
                    backend.lists(new TableSpec("l", TableSpec.Shape.LIST, text, null, text));
            MapTable maps = backend.maps(new TableSpec("m", TableSpec.Shape.MAP, null, text, text));
            for (long key = 0; key < 100; key++) {
                setKey(backend, key);
                assertThat(values.get()).isNull();
                assertThat(maps.get("x")).isNull();
                for (String namespace : List.of("one", "two", "three")) {
                    lists.setNamespace(namespace);
                    assertThat(lists.get()).isNull();
                    lists.add("of " + key);
                    assertThat(lists.get()).containsExactly("of " + key);
                }
                values.put("of " + key);
                maps.put("x", "of " + key);
                assertThat(backend.entries()).isEqualTo(5);

                backend.clear();

                assertThat(backend.entries()).isZero();
                assertThat(values.get()).isNull();
            }
        }
    }

    @Test
    void forgetsManyKeysAtOnce(@TempDir Path directory) throws Exception {
        try (BackendHarness harness = new BackendHarness(provider(), directory)) {
            KeyedBackend backend = harness.backend(Types.LONG);
            ValueTable values =
                    backend.values(
                            new TableSpec(
                                    "v",
                                    TableSpec.Shape.VALUE,
                                    null,
                                    null,
                                    harness.serializer(Types.LONG)));
            for (long key = 0; key < 5_000; key++) {
                setKey(backend, key);
                values.put(key);
            }

            backend.clear();

            assertThat(backend.entries()).isZero();
            setKey(backend, 7L);
            assertThat(values.get()).isNull();
            values.put(8L);
            assertThat(values.get()).isEqualTo(8L);
        }
    }

    private static void change(
            KeyedBackend backend, TableSpec spec, int first, int last, String value) {
        backend.values(spec);
        for (long key = 0; key < 50_000; key += 100) {
            int group = BackendHarness.groupOf(key);
            if (group >= first && group <= last) {
                setKey(backend, key);
                backend.values(spec).put(value);
            }
        }
    }
}
