package io.millrace.rocks;

import static io.millrace.runtime.state.BackendHarness.KEY_GROUPS;
import static io.millrace.runtime.state.BackendHarness.groupOf;
import static io.millrace.runtime.state.BackendHarness.setKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.type.Types;
import io.millrace.api.type.Value;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.state.BackendHarness;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.KeyedBackendProvider;
import io.millrace.runtime.state.KeyedBackendRequest;
import io.millrace.runtime.state.ListTable;
import io.millrace.runtime.state.MapTable;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import io.millrace.runtime.state.heap.HeapBackendProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this back end writes and reads of checkpoints, and what it does when that goes wrong. */
class RocksCheckpointTest {
    private static final long KEYS = 2000;

    @TempDir Path directory;

    private final SharedMemories memories =
            new SharedMemories(
                    ProcessMemory.of(1L << 30, 64L << 20, 16L << 20), OptionalLong::empty);
    private KeyedBackendProvider provider = new RocksBackendProvider(memories);
    private BackendHarness harness;
    private TableSpec values;
    private TableSpec lists;
    private TableSpec maps;

    @BeforeEach
    void makeHarness() {
        harness =
                new BackendHarness(
                        new KeyedBackendProvider() {
                            @Override
                            public String name() {
                                return provider.name();
                            }

                            @Override
                            public KeyedBackend create(KeyedBackendRequest request)
                                    throws Exception {
                                return provider.create(request);
                            }
                        },
                        directory);
        var longs = harness.serializer(Types.LONG);
        values = new TableSpec("v", TableSpec.Shape.VALUE, null, null, longs);
        lists = new TableSpec("l", TableSpec.Shape.LIST, null, null, longs);
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
    }

    private void fill(KeyedBackend backend, long from, long to) {
        ValueTable value = backend.values(values);
        ListTable list = backend.lists(lists);
        MapTable map = backend.maps(maps);
        for (long key = from; key < to; key++) {
            setKey(backend, key);
            value.put(key * 2);
            list.add(key);
            list.add(key + 1);
            map.setNamespace("n" + key % 2);
            map.put(key, "text " + key);
            map.put(-1L, null);
        }
    }

    @Test
    void aListIsTheSameBetweenTheFreezesAroundIt() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ListTable list = backend.lists(lists);
        setKey(backend, 1L);
        list.add(10L);
        harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        // Nobody has touched the list since its elements went to the database.
        long id = harness.nextCheckpoint();
        FrozenState second = backend.freeze(id, CheckpointKind.INCREMENTAL);

        assertThat(list.get()).containsExactly(10L);

        harness.write(second, id);
        assertThat(list.get()).containsExactly(10L);
    }

    @Test
    void aListThatGrowsIsTheSameBetweenTheFreezesAroundIt() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ListTable list = backend.lists(lists);
        setKey(backend, 1L);
        list.add(10L);
        FrozenState first = backend.freeze(harness.nextCheckpoint(), CheckpointKind.FULL);
        list.add(11L);
        harness.write(first, 1);
        long id = harness.nextCheckpoint();
        FrozenState second = backend.freeze(id, CheckpointKind.INCREMENTAL);
        list.add(12L);

        assertThat(list.get()).containsExactly(10L, 11L, 12L);

        List<StatePart> parts = harness.write(second, id);
        assertThat(list.get()).containsExactly(10L, 11L, 12L);
        KeyedBackend restored = harness.restored(Types.LONG, parts);
        setKey(restored, 1L);
        assertThat(restored.lists(lists).get()).containsExactly(10L, 11L);
    }

    /** A key that lets something happen in the middle of a look-up: when its bytes are made. */
    public static final class Interrupting implements Value {
        private static final long serialVersionUID = 1L;

        static Runnable onWrite = () -> {};

        @Override
        public void write(DataOutputView out) throws IOException {
            out.writeInt(1);
            onWrite.run();
        }

        @Override
        public void read(DataInputView in) throws IOException {
            in.readInt();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Interrupting;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void aListIsTheSameWhenItsFreezeIsSettledWhileItIsRead() throws Exception {
        KeyedBackend backend = harness.backend(Types.VALUE(Interrupting.class));
        ListTable list = backend.lists(lists);
        setKey(backend, new Interrupting());
        list.add(10L);
        long id = harness.nextCheckpoint();
        FrozenState frozen = backend.freeze(id, CheckpointKind.INCREMENTAL);
        AtomicBoolean settled = new AtomicBoolean();
        Interrupting.onWrite =
                () -> {
                    if (!settled.getAndSet(true)) {
                        write(frozen, id);
                    }
                };
        try {
            assertThat(list.get()).containsExactly(10L);
        } finally {
            Interrupting.onWrite = () -> {};
        }
        assertThat(settled).isTrue();
        assertThat(list.get()).containsExactly(10L);
    }

    private void write(FrozenState frozen, long id) {
        try {
            harness.write(frozen, id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void countingTheRowsDoesNotChangeLists() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ListTable list = backend.lists(lists);
        setKey(backend, 1L);
        list.add(10L);
        assertThat(backend.entries()).isEqualTo(1);
        FrozenState frozen = backend.freeze(harness.nextCheckpoint(), CheckpointKind.INCREMENTAL);

        assertThat(list.get()).containsExactly(10L);

        harness.write(frozen, 1);
        assertThat(list.get()).containsExactly(10L);
    }

    private void check(KeyedBackend backend, long from, long to) {
        ValueTable value = backend.values(values);
        ListTable list = backend.lists(lists);
        MapTable map = backend.maps(maps);
        for (long key = from; key < to; key++) {
            setKey(backend, key);
            map.setNamespace("n" + key % 2);
            assertThat(value.get()).isEqualTo(key * 2);
            assertThat(list.get()).containsExactly(key, key + 1);
            assertThat(map.get(key)).isEqualTo("text " + key);
            assertThat(map.contains(-1L)).isTrue();
        }
    }

    private static Set<String> filesOf(List<StatePart> parts) {
        return parts.stream()
                .flatMap(part -> part.pieces().stream())
                .filter(piece -> piece.kind() == Piece.Kind.STORED)
                .map(piece -> ((Piece.Stored) piece).segment().file())
                .collect(Collectors.toSet());
    }

    private static List<SegmentRef> segmentsOf(List<StatePart> parts) {
        return parts.stream()
                .flatMap(part -> part.pieces().stream())
                .filter(piece -> piece.kind() == Piece.Kind.STORED)
                .map(piece -> ((Piece.Stored) piece).segment())
                .toList();
    }

    @Test
    void refersToFilesOfEarlierCheckpoints() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, KEYS);
        List<StatePart> first = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        setKey(backend, 1L);
        backend.values(values).put(2L);
        long before = harness.segments().written();

        List<StatePart> second = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);

        assertThat(filesOf(first)).containsExactly("file-1");
        assertThat(filesOf(second)).containsExactlyInAnyOrder("file-1", "file-2");
        assertThat(harness.segments().written() - before).isLessThan(20_000);
        check(harness.restored(Types.LONG, second), 0, KEYS);
    }

    @Test
    void refersToNoFileOfACheckpointThatWasGivenUp() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, KEYS);
        long id = harness.nextCheckpoint();
        harness.write(backend.freeze(id, CheckpointKind.INCREMENTAL), id);
        backend.onAborted(id);

        List<StatePart> second = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);

        assertThat(filesOf(second)).containsExactly("file-2");
    }

    @Test
    void goesOnReferringAfterARestore() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, KEYS);
        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        KeyedBackend again = harness.restored(Types.LONG, parts);
        fill(again, KEYS, KEYS + 10);
        long before = harness.segments().written();

        List<StatePart> second = harness.checkpoint(again, CheckpointKind.INCREMENTAL);

        assertThat(filesOf(second)).contains("file-1");
        assertThat(harness.segments().written() - before).isLessThan(20_000);
        check(harness.restored(Types.LONG, second), 0, KEYS + 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void readsFilesAtAnyParallelism(int parallelism) throws Exception {
        List<List<StatePart>> three = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            int first = subtask * 5;
            int last = subtask == 2 ? KEY_GROUPS - 1 : first + 4;
            KeyedBackend backend = harness.backend(Types.LONG, first, last, List.of());
            for (long key = 0; key < KEYS; key++) {
                if (groupOf(key) >= first && groupOf(key) <= last) {
                    fill(backend, key, key + 1);
                }
            }
            three.add(harness.checkpoint(backend, CheckpointKind.INCREMENTAL));
        }

        long keys = 0;
        for (int subtask = 0; subtask < parallelism; subtask++) {
            int first = subtask * KEY_GROUPS / parallelism;
            int last = (subtask + 1) * KEY_GROUPS / parallelism - 1;
            KeyedBackend backend = harness.backend(Types.LONG, first, last, three);
            for (long key = 0; key < KEYS; key++) {
                if (groupOf(key) >= first && groupOf(key) <= last) {
                    check(backend, key, key + 1);
                    keys++;
                }
            }
            long[] shown = new long[1];
            backend.forEachKey("v", null, key -> shown[0]++);
            backend.forEachKey("l", null, key -> shown[0]++);
            assertThat(backend.entries()).isEqualTo(shown[0] / 2 * 3);
            List<StatePart> next = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
            KeyedBackend again = harness.backend(Types.LONG, first, last, List.of(next));
            for (long key = 0; key < KEYS; key += 7) {
                if (groupOf(key) >= first && groupOf(key) <= last) {
                    check(again, key, key + 1);
                }
            }
        }
        assertThat(keys).isEqualTo(KEYS);
    }

    @Test
    void goesOnWhenAnUploadHasFailed() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, KEYS);
        for (int failAt = 0; failAt < 3; failAt++) {
            long id = harness.nextCheckpoint();
            FrozenState frozen = backend.freeze(id, CheckpointKind.INCREMENTAL);
            SegmentOutput broken = failing(harness.segments().file("file-" + id), failAt);
            assertThatThrownBy(() -> frozen.writeTo(broken)).hasMessage("no DataNode is left");
            frozen.close();
            backend.onAborted(id);
            fill(backend, KEYS + failAt, KEYS + failAt + 1);
        }

        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);

        check(harness.restored(Types.LONG, parts), 0, KEYS + 3);
        assertThat(filesOf(parts)).containsExactly("file-4");
    }

    private static SegmentOutput failing(SegmentOutput out, int after) {
        int[] appended = new int[1];
        return body -> {
            if (appended[0]++ >= after) {
                throw new IOException("no DataNode is left");
            }
            return out.append(body);
        };
    }

    @Test
    void namesTheFileThatIsDamaged() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, KEYS);
        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);

        for (SegmentRef segment : segmentsOf(parts)) {
            for (int at : new int[] {0, (int) segment.length() / 2, (int) segment.length() - 1}) {
                harness.segments().damage(segment, at);
                assertThatThrownBy(() -> harness.restored(Types.LONG, parts))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e ->
                                        assertThat(e.code())
                                                .isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT))
                        .hasMessageContaining(segment.file());
                harness.segments().damage(segment, at);
            }
        }
        check(harness.restored(Types.LONG, parts), 0, KEYS);
    }

    @Test
    void refusesADatabaseThatLacksAFile() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, KEYS);
        StatePart whole = harness.checkpoint(backend, CheckpointKind.INCREMENTAL).get(0);
        FilesForm form = FilesForm.parse(whole.description());
        for (int i = 0; i < form.files().size(); i++) {
            List<FilesForm.StoredFile> files = new ArrayList<>(form.files());
            List<Piece> pieces = new ArrayList<>(whole.pieces());
            files.remove(i);
            pieces.remove(i);
            StatePart part =
                    new StatePart(
                            whole.kind(),
                            whole.name(),
                            whole.form(),
                            whole.firstKeyGroup(),
                            whole.lastKeyGroup(),
                            0,
                            new FilesForm(form.tables(), files).toBytes(),
                            pieces);

            assertThatThrownBy(() -> harness.restored(Types.LONG, List.of(part)))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT))
                    .hasMessageContaining("tested");
        }
    }

    @Test
    void saysThatTheLocalDirectoryCannotBeWritten() throws Exception {
        Files.writeString(directory.resolve("backend-0"), "in the way");

        assertThatThrownBy(() -> harness.backend(Types.LONG))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED))
                .hasMessageContaining("backend-0");
    }

    @Test
    void failsACheckpointWhoseLocalFilesAreGone() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, KEYS);
        FrozenState frozen = backend.freeze(1, CheckpointKind.INCREMENTAL);
        LinkedFiles.delete(directory.resolve("backend-0"));

        assertThatThrownBy(() -> frozen.writeTo(harness.segments().file("file-1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("STORAGE_FAILED");
        frozen.close();
    }

    @Test
    void failsTheTaskThatCannotWriteToTheLocalDisk() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, 10);
        LinkedFiles.delete(directory.resolve("backend-0"));
        FrozenState frozen = backend.freeze(1, CheckpointKind.INCREMENTAL);

        // Nothing can be settled, so that at last there is no room in memory.
        assertThatThrownBy(() -> fill(backend, 0, 1_000_000))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED))
                .hasMessageContaining("backend-0");
        frozen.close();
    }

    @Test
    void writesAfterItsTaskHasEndedNeitherCrashNorSucceed() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, KEYS);
        FrozenState files = backend.freeze(1, CheckpointKind.INCREMENTAL);
        FrozenState rows = backend.freeze(2, CheckpointKind.FULL);
        backend.close();

        assertThatThrownBy(() -> files.writeTo(harness.segments().file("file-1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended");
        assertThatThrownBy(() -> rows.writeTo(harness.segments().file("file-2")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended");
        files.close();
        rows.close();
    }

    @Test
    void makesRoomAlsoWhileAFreezeWaitsToBeWritten() throws Exception {
        provider =
                new RocksBackendProvider(
                        new SharedMemories(
                                ProcessMemory.of(1L << 30, 400_000, 16L << 20),
                                OptionalLong::empty));
        KeyedBackend backend = harness.backend(Types.LONG);
        fill(backend, 0, KEYS);
        long id = harness.nextCheckpoint();
        FrozenState frozen = backend.freeze(id, CheckpointKind.INCREMENTAL);
        fill(backend, KEYS, 5 * KEYS);

        List<StatePart> parts = harness.write(frozen, id);

        KeyedBackend then = harness.restored(Types.LONG, parts);
        check(then, 0, KEYS);
        setKey(then, KEYS);
        assertThat(then.values(values).get()).isNull();
        check(backend, 0, 5 * KEYS);
    }

    @Test
    void readsWhatTheOtherBackEndHasWritten() throws Exception {
        provider = new HeapBackendProvider();
        KeyedBackend heap = harness.backend(Types.LONG);
        fill(heap, 0, KEYS);
        harness.checkpoint(heap, CheckpointKind.INCREMENTAL);
        setKey(heap, 0L);
        heap.values(values).remove();
        MapTable map = heap.maps(maps);
        map.setNamespace("n0");
        map.remove(-1L);
        fill(heap, KEYS, KEYS + 10);
        List<StatePart> parts = harness.checkpoint(heap, CheckpointKind.INCREMENTAL);

        provider = new RocksBackendProvider(memories);
        KeyedBackend rocks = harness.restored(Types.LONG, parts);

        check(rocks, 1, KEYS + 10);
        setKey(rocks, 0L);
        assertThat(rocks.values(values).get()).isNull();
        MapTable read = rocks.maps(maps);
        read.setNamespace("n0");
        assertThat(read.contains(-1L)).isFalse();
        assertThat(read.get(0L)).isEqualTo("text 0");
    }

    @Test
    void fullCheckpointsAreReadByTheOtherBackEnd() throws Exception {
        KeyedBackend rocks = harness.backend(Types.LONG);
        fill(rocks, 0, KEYS);
        List<StatePart> parts = harness.checkpoint(rocks, CheckpointKind.FULL);

        provider = new HeapBackendProvider();

        check(harness.restored(Types.LONG, parts), 0, KEYS);
        assertThat(parts).extracting(StatePart::name).containsExactlyInAnyOrder("v", "l", "m");
    }

    @Test
    void largeMapsGoThroughMemoryInParts() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        MapTable map = backend.maps(maps);
        setKey(backend, 1L);
        map.setNamespace("large");
        for (long i = 0; i < 20_000; i++) {
            map.put(i, "v" + i);
        }
        long seen = 0;
        for (var entries = map.entries(); entries.hasNext(); seen++) {
            Map.Entry<Object, Object> entry = entries.next();
            assertThat(entry.getValue()).isEqualTo("v" + entry.getKey());
        }
        List<StatePart> parts = harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        map.clear();

        assertThat(seen).isEqualTo(20_000);
        assertThat(map.isEmpty()).isTrue();
        map.put(7L, "again");
        harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
        assertThat(map.get(8L)).isNull();
        assertThat(map.get(7L)).isEqualTo("again");
        KeyedBackend then = harness.restored(Types.LONG, parts);
        setKey(then, 1L);
        MapTable before = then.maps(maps);
        before.setNamespace("large");
        assertThat(before.get(19_999L)).isEqualTo("v19999");
    }

    @Test
    void appendingToALongListReadsNothingBack() throws Exception {
        KeyedBackend backend = harness.backend(Types.LONG);
        ListTable list = backend.lists(lists);
        setKey(backend, 1L);
        for (long i = 0; i < 50_000; i++) {
            list.add(i);
            if (i % 10_000 == 0) {
                harness.checkpoint(backend, CheckpointKind.INCREMENTAL);
            }
        }

        assertThat(list.get()).hasSize(50_000);
        assertThat(list.get().get(49_999)).isEqualTo(49_999L);
    }
}
