package io.millrace.rocks;

import static io.millrace.runtime.state.BackendHarness.setKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.PortableParts;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.Serializers;
import io.millrace.runtime.state.BackendHarness;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.MapTable;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.heap.HeapBackendProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a database's files hold comes out as rows that another back end reads. */
class PortableFilesTest {
    private static final long KEYS = 500;

    /** A value of a class that is found at run time. */
    record Point(int x, String name) {}

    @TempDir Path directory;

    private BackendHarness harness;
    private BackendHarness heap;
    private TableSpec values;
    private TableSpec lists;
    private TableSpec maps;

    @BeforeEach
    void makeHarness() {
        SharedMemories memories =
                new SharedMemories(
                        ProcessMemory.of(1L << 30, 64L << 20, 16L << 20), OptionalLong::empty);
        harness = new BackendHarness(new RocksBackendProvider(memories), directory.resolve("r"));
        heap = new BackendHarness(new HeapBackendProvider(), directory.resolve("h"));
        var longs = harness.serializer(Types.LONG);
        values = new TableSpec("v", TableSpec.Shape.VALUE, null, null, longs);
        lists =
                new TableSpec(
                        "l",
                        TableSpec.Shape.LIST,
                        null,
                        null,
                        Serializers.of(null, PortableFilesTest.class.getClassLoader()));
        maps =
                new TableSpec(
                        "m",
                        TableSpec.Shape.MAP,
                        harness.serializer(Types.STRING),
                        longs,
                        harness.serializer(Types.STRING));
    }

    @AfterEach
    void closeBackends() {
        harness.close();
        heap.close();
    }

    private void fill(KeyedBackend backend, long from, long to, long plus) {
        for (long key = from; key < to; key++) {
            setKey(backend, key);
            backend.values(values).put(key + plus);
            backend.lists(lists).add(new Point((int) key, "p" + plus));
            MapTable map = backend.maps(maps);
            map.setNamespace("n" + key % 2);
            map.put(key, "text " + plus);
            map.put(-1L, null);
        }
    }

    private StatePart part(KeyedBackend backend) throws Exception {
        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        assertThat(parts).extracting(StatePart::form).containsExactly(FilesForm.NAME);
        return parts.get(0);
    }

    private List<StatePart> rows(StatePart part) throws Exception {
        return PortableParts.of(part.form())
                .orElseThrow()
                .write(
                        "'counter'",
                        part,
                        harness.segments(),
                        directory.resolve("files"),
                        heap.segments().file("rows"));
    }

    @Test
    void rowsOfAllTablesAreWhatTheLatestCheckpointHas() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, KEYS, 1);
        part(backend);
        fill(backend, 0, KEYS / 2, 2);
        setKey(backend, KEYS - 1);
        backend.values(values).remove();

        List<StatePart> rows = rows(part(backend));

        assertThat(rows).extracting(StatePart::form).containsOnly(TableForm.NAME);
        assertThat(rows).extracting(StatePart::name).containsExactlyInAnyOrder("v", "l", "m");
        KeyedBackend read = heap.restored(Types.LONG, rows);
        for (long key = 0; key < KEYS; key++) {
            boolean changed = key < KEYS / 2;
            setKey(read, key);
            assertThat(read.values(values).get())
                    .isEqualTo(key == KEYS - 1 ? null : (Object) (key + (changed ? 2 : 1)));
            Point first = new Point((int) key, "p1");
            assertThat(read.lists(lists).get())
                    .isEqualTo(
                            changed ? List.of(first, new Point((int) key, "p2")) : List.of(first));
            MapTable map = read.maps(maps);
            map.setNamespace("n" + key % 2);
            assertThat(map.get(key)).isEqualTo(changed ? "text 2" : "text 1");
            assertThat(map.contains(-1L)).isTrue();
            assertThat(map.get(-1L)).isNull();
        }
    }

    @Test
    void aDamagedFileIsNamed() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, KEYS, 1);
        StatePart part = part(backend);
        SegmentRef segment =
                part.pieces().stream()
                        .filter(piece -> piece instanceof Piece.Stored)
                        .map(piece -> ((Piece.Stored) piece).segment())
                        .findFirst()
                        .orElseThrow();
        harness.segments().damage(segment, 10);

        assertThatThrownBy(() -> rows(part))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT))
                .hasMessageContaining(segment.file());
    }

    @Test
    void otherFormsAreNotItsBusiness() {
        assertThat(PortableParts.of(TableForm.NAME)).isEmpty();
    }
}
