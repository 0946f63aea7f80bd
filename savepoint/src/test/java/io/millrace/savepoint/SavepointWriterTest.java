package io.millrace.savepoint;

import static io.millrace.savepoint.Checkpoints.LISTS;
import static io.millrace.savepoint.Checkpoints.MAPS;
import static io.millrace.savepoint.Checkpoints.VALUES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.PartContent;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.state.TableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavepointWriterTest {
    private static final int KEYS = 300;
    private static final long FEW_BYTES = 1000;

    @TempDir private java.nio.file.Path temporary;

    private Checkpoints checkpoints;
    private StoredSegments segments;

    @BeforeEach
    void makeDirectory() {
        checkpoints = new Checkpoints(temporary.resolve("checkpoints"));
        segments = new StoredSegments(checkpoints.directory());
    }

    private Manifest full() throws IOException {
        checkpoints.begin(1);
        checkpoints.put(0, KEYS, "a");
        return checkpoints.end(CheckpointKind.FULL);
    }

    /** The first hundred are removed, the next hundred changed, one hundred new ones are there. */
    private Manifest incremental() throws IOException {
        full();
        checkpoints.begin(2);
        for (TableSpec spec : List.of(VALUES, LISTS, MAPS)) {
            checkpoints.add(spec, Checkpoints.keys(0, 100), List.of(), null);
        }
        checkpoints.put(100, 200, "b");
        checkpoints.put(KEYS, KEYS + 100, "c");
        checkpoints.add(
                MAPS,
                List.of(),
                Checkpoints.keys(200, 210),
                (key, out) -> {
                    out.writeByte(1);
                    out.writeInt(1);
                    MAPS.mapKeys().write(1, out);
                    out.writeInt(1);
                    MAPS.mapKeys().write(3, out);
                    out.writeBoolean(true);
                    MAPS.values().write("three", out);
                    return true;
                });
        return checkpoints.end(CheckpointKind.INCREMENTAL);
    }

    private java.nio.file.Path target() {
        return temporary.resolve("savepoint");
    }

    private TableSavepoint write(Manifest checkpoint) {
        return SavepointWriter.write(checkpoint, segments, new Path(target().toString()));
    }

    /** As the job that starts from it reads it: by the segments of its own checkpoints. */
    private static StoredSegments ofAnotherJob(java.nio.file.Path root) {
        return new StoredSegments(
                CheckpointDirectory.of(new Path(root.toString()), new JobId("f".repeat(32))));
    }

    private void requireSame(Manifest saved, TableSavepoint savepoint, int parallelism)
            throws IOException {
        Manifest restored = savepoint.toCheckpoint();
        for (TableSpec spec : List.of(VALUES, LISTS, MAPS)) {
            Map<String, String> before = new TreeMap<>();
            Map<String, String> after = new TreeMap<>();
            for (int subtask = 0; subtask < parallelism; subtask++) {
                before.putAll(Checkpoints.read(saved, spec, segments, subtask, parallelism));
                after.putAll(
                        Checkpoints.read(
                                restored, spec, ofAnotherJob(temporary), subtask, parallelism));
            }
            assertThat(before).hasSizeGreaterThanOrEqualTo(KEYS);
            assertThat(after).as(spec.name()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void whatIsReadFromASavepointIsWhatTheCheckpointHad(int parallelism) throws IOException {
        Manifest checkpoint = full();

        requireSame(checkpoint, write(checkpoint), parallelism);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void changesOfSeveralCheckpointsAreMerged(int parallelism) throws IOException {
        Manifest checkpoint = incremental();

        requireSame(checkpoint, write(checkpoint), parallelism);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void aLargeStateLiesInFilesThatAreWrittenSideBySide(int parallelism) throws IOException {
        Manifest checkpoint = incremental();
        TableSavepoint savepoint =
                SavepointWriter.write(
                        checkpoint, segments, new Path(target().toString()), 0, FEW_BYTES);

        try (Stream<java.nio.file.Path> files = Files.walk(target())) {
            Map<String, Long> ofState =
                    files.filter(
                                    file ->
                                            file.getParent()
                                                    .getFileName()
                                                    .toString()
                                                    .startsWith("state="))
                            .collect(
                                    Collectors.groupingBy(
                                            file -> file.getParent().getFileName().toString(),
                                            Collectors.counting()));
            assertThat(ofState)
                    .hasSize(3)
                    .allSatisfy((state, count) -> assertThat(count).isGreaterThan(2));
        }
        requireSame(checkpoint, savepoint, parallelism);
    }

    @Test
    void aFileThatCannotBeWrittenEndsAllOfIt() throws IOException {
        Manifest checkpoint = incremental();
        AtomicInteger opened = new AtomicInteger();
        SegmentSource failing =
                segment -> {
                    if (opened.incrementAndGet() > 2) {
                        throw new IOException("the disk is gone");
                    }
                    return segments.open(segment);
                };

        assertThatThrownBy(
                        () ->
                                SavepointWriter.write(
                                        checkpoint,
                                        failing,
                                        new Path(target().toString()),
                                        0,
                                        FEW_BYTES))
                .isInstanceOf(MillraceException.class)
                .hasRootCauseMessage("the disk is gone");
        assertThat(target().resolve(TablePaths.MANIFEST)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 12, 64, 1000})
    void keysAreDealtOutToOtherKeyGroups(int maxParallelism) throws IOException {
        Manifest checkpoint = incremental();
        Manifest restored =
                SavepointWriter.write(
                                checkpoint, segments, new Path(target().toString()), maxParallelism)
                        .toCheckpoint();

        assertThat(restored.operators().get(0).maxParallelism()).isEqualTo(maxParallelism);
        for (TableSpec spec : List.of(VALUES, LISTS, MAPS)) {
            Map<String, String> after = new TreeMap<>();
            for (int subtask = 0; subtask < 2; subtask++) {
                after.putAll(
                        Checkpoints.read(
                                restored,
                                spec,
                                ofAnotherJob(temporary),
                                subtask,
                                2,
                                maxParallelism));
            }
            assertThat(after)
                    .as(spec.name())
                    .isEqualTo(Checkpoints.read(checkpoint, spec, segments, 0, 1));
        }
    }

    @Test
    void aMaximumBelowTheParallelismIsRefused() throws IOException {
        Manifest checkpoint = full();

        assertThatThrownBy(
                        () ->
                                SavepointWriter.write(
                                        checkpoint, segments, new Path(target().toString()), 1))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("ran in 2 subtasks");
    }

    @Test
    void aSavepointThatWasMovedIsTheSame() throws IOException {
        Manifest checkpoint = full();
        write(checkpoint);
        java.nio.file.Path moved = temporary.resolve("elsewhere/moved savepoint");
        Files.createDirectories(moved.getParent());
        Files.move(target(), moved);

        requireSame(checkpoint, TableSavepoint.open(new Path(moved.toString())), 2);
    }

    @Test
    void whatIsNotKeyedIsGivenBackBySubtask() throws IOException {
        Manifest saved = full();

        Manifest restored = write(saved).toCheckpoint();

        for (int subtask = 0; subtask < Checkpoints.SUBTASKS; subtask++) {
            for (String name : List.of("offsets", "splits")) {
                StatePart before = part(saved, subtask, name);
                StatePart after = part(restored, subtask, name);
                assertThat(after.items()).isEqualTo(before.items());
                assertThat(after.kind()).isEqualTo(before.kind());
                assertThat(after.description()).isEqualTo(before.description());
                assertThat(PartContent.read(after, ofAnotherJob(temporary), name))
                        .isEqualTo(PartContent.read(before, segments, name));
            }
        }
    }

    private static StatePart part(Manifest manifest, int subtask, String name) {
        return manifest.operators().get(0).subtasks().get(subtask).parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void broadcastStateThatIsTheSameEverywhereIsWrittenOnce() throws IOException {
        Manifest saved = full();
        TableSavepoint savepoint = write(saved);

        assertThat(savepoint.tables())
                .filteredOn(table -> table.name().equals("rules"))
                .singleElement()
                .satisfies(table -> assertThat(table.rows()).isEqualTo(2));
        List<StatePart> rules = parts(savepoint.toCheckpoint(), "rules");
        assertThat(rules).hasSize(1);
        assertThat(PartContent.read(rules.get(0), ofAnotherJob(temporary), "rules"))
                .isEqualTo(PartContent.read(part(saved, 1, "rules"), segments, "rules"));
    }

    @Test
    void whatHasNoContentNeedsNoFile() throws IOException {
        TableSavepoint savepoint = write(full());

        assertThat(savepoint.tables())
                .filteredOn(table -> table.name().equals("mark"))
                .hasSize(2)
                .allSatisfy(table -> assertThat(table.files()).isZero());
        assertThat(parts(savepoint.toCheckpoint(), "mark"))
                .extracting(part -> part.description()[0])
                .containsExactly((byte) 0, (byte) 1);
    }

    private static List<StatePart> parts(Manifest manifest, String name) {
        return manifest.operators().get(0).subtasks().stream()
                .flatMap(subtask -> subtask.parts().stream())
                .filter(part -> part.name().equals(name))
                .toList();
    }

    @Test
    void positionsAndPreparedOutputAreGivenBack() throws IOException {
        Manifest restored = write(full()).toCheckpoint();

        assertThat(restored.enumerators()).hasSize(1);
        assertThat(restored.enumerators().get(0).version()).isEqualTo(3);
        assertThat(restored.enumerators().get(0).state()).containsExactly(1, 2, 3);
        assertThat(restored.committables()).hasSize(1);
        assertThat(restored.committables().get(0).committables().subtask()).isEqualTo(1);
        assertThat(restored.committables().get(0).committables().serializerVersion()).isEqualTo(2);
        assertThat(restored.committables().get(0).committables().committables())
                .containsExactly(new byte[] {9}, new byte[] {8});
    }

    @Test
    void othersReadTheTablesByTheirColumns() throws IOException {
        write(full());

        List<String> rows =
                PlainParquet.print(
                        target().resolve("op=my%20uid%2F%C3%BC/state=value/kg=0-15.parquet"));

        assertThat(rows).hasSize(KEYS);
        assertThat(rows)
                .anySatisfy(
                        row ->
                                assertThat(row)
                                        .contains(
                                                "key_group: ",
                                                "key: key-7\n",
                                                "word: akey-7",
                                                "times: 3"));
    }

    @Test
    void rowsAreInOrderOfKeyGroups() throws IOException {
        write(incremental());

        List<Integer> groups = new ArrayList<>();
        PlainParquet.read(
                        target().resolve("op=my%20uid%2F%C3%BC/state=map%2F%C3%A4/kg=0-15.parquet"))
                .forEach(row -> groups.add(row.getInteger("key_group", 0)));

        assertThat(groups).isSorted();
    }

    @Test
    void typesThatOthersCannotReadAreNamed() throws IOException {
        TableSavepoint savepoint = write(full());

        assertThat(savepoint.tables())
                .filteredOn(table -> table.name().equals("list"))
                .singleElement()
                .satisfies(
                        table ->
                                assertThat(table.warnings())
                                        .singleElement()
                                        .asString()
                                        .startsWith("value: its type is only known"));
    }

    @Test
    void aWholeSavepointIsFoundWhole() throws IOException {
        TableSavepoint.Verified verified = write(full()).verify();

        assertThat(verified.damages()).isEmpty();
        assertThat(verified.files()).isEqualTo(8);
    }

    @Test
    void everyFlippedByteIsFound() throws IOException {
        TableSavepoint savepoint = write(full());
        java.nio.file.Path file =
                target().resolve("op=my%20uid%2F%C3%BC/state=value/kg=0-15.parquet");
        byte[] whole = Files.readAllBytes(file);
        // The first four say that it is Parquet; nobody reads them.
        for (int at = 4; at < whole.length; at += 7) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            assertThatThrownBy(
                            () ->
                                    Checkpoints.read(
                                            savepoint.toCheckpoint(),
                                            VALUES,
                                            ofAnotherJob(temporary),
                                            0,
                                            1))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT))
                    .hasMessageContaining("kg=0-15.parquet");
            assertThat(savepoint.verify().damages()).hasSize(1);
        }
    }

    @Test
    void aFileThatIsCutOrGoneIsFound() throws IOException {
        TableSavepoint savepoint = write(full());
        java.nio.file.Path file =
                target().resolve("op=my%20uid%2F%C3%BC/state=value/kg=0-15.parquet");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 4, whole.length / 2, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(
                            () ->
                                    Checkpoints.read(
                                            savepoint.toCheckpoint(),
                                            VALUES,
                                            ofAnotherJob(temporary),
                                            0,
                                            1))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("CHECKPOINT_FILE_CORRUPT");
        }
        Files.delete(file);
        assertThat(savepoint.verify().damages()).singleElement().asString().contains("missing");
    }

    @Test
    void aManifestThatLeavesItsDirectoryIsRefused() throws IOException {
        write(full());
        java.nio.file.Path file = target().resolve("_manifest.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("op=my%20uid%2F%C3%BC/list", "../list")
                        .replaceAll(",\\s*\"crc32c\" : \"[0-9a-f]{8}\"\\s*}\\s*\\z", "}"));

        assertThatThrownBy(() -> TableSavepoint.open(new Path(target().toString())))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("not within the savepoint");
    }

    @Test
    void aNewerVersionIsRefusedByName() throws IOException {
        write(full());
        java.nio.file.Path file = target().resolve("_manifest.json");
        Files.writeString(
                file, Files.readString(file).replace("\"version\" : 1", "\"version\" : 2"));

        assertThatThrownBy(() -> TableSavepoint.open(new Path(target().toString())))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INCOMPATIBLE));
    }

    @Test
    void withoutItsManifestThereIsNoSavepoint() throws IOException {
        write(full());
        Files.delete(target().resolve("_manifest.json"));

        assertThat(TableSavepoint.isAt(new Path(target().toString()))).isFalse();
        assertThatThrownBy(() -> TableSavepoint.open(new Path(target().toString())))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_NOT_FOUND));
    }

    @Test
    void whatIsNoDirectoryIsNoSavepoint() throws IOException {
        java.nio.file.Path file =
                Files.writeString(temporary.resolve("manifest"), "a checkpoint's");

        assertThat(TableSavepoint.isAt(new Path(file.toString()))).isFalse();
        assertThat(TableSavepoint.isAt(new Path(temporary.resolve("nowhere").toString())))
                .isFalse();
    }

    @Test
    void aSavepointIsFoundByItsDirectoryAndByItsManifest() throws IOException {
        TableSavepoint savepoint = write(full());

        assertThat(TableSavepoint.isAt(savepoint.path())).isTrue();
        assertThat(TableSavepoint.isAt(savepoint.manifest())).isTrue();
        assertThat(TableSavepoint.open(savepoint.manifest()).path()).isEqualTo(savepoint.path());
    }

    @Test
    void nothingThatIsThereIsOverwritten() throws IOException {
        Manifest checkpoint = full();
        Files.createDirectories(target());
        Files.writeString(target().resolve("mine"), "kept");

        assertThatThrownBy(() -> write(checkpoint))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("something is already");
        try (Stream<java.nio.file.Path> there = Files.list(target())) {
            assertThat(there).hasSize(1);
        }
    }

    @Test
    void filesOfABackEndAreRefused() throws IOException {
        Manifest checkpoint = full();
        StatePart files =
                new StatePart(
                        StatePart.Kind.KEYED,
                        "files",
                        "rocksdb-files/1",
                        0,
                        15,
                        0,
                        new byte[0],
                        List.of(new Piece.Inline(new byte[] {1})));
        Manifest.OperatorEntry operator = checkpoint.operators().get(0);
        Manifest other =
                new Manifest(
                        checkpoint.jobId(),
                        checkpoint.jobName(),
                        1,
                        1,
                        0,
                        CheckpointKind.INCREMENTAL,
                        List.of(
                                new Manifest.OperatorEntry(
                                        operator.id(),
                                        operator.name(),
                                        1,
                                        16,
                                        List.of(
                                                new Manifest.SubtaskEntry(
                                                        false, List.of(files), List.of())))),
                        List.of(),
                        List.of(),
                        List.of());

        assertThatThrownBy(() -> write(other))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INCOMPATIBLE))
                .hasMessageContaining("rocksdb-files/1");
    }
}
