package io.millrace.savepoint;

import static io.millrace.savepoint.Checkpoints.MAPS;
import static io.millrace.savepoint.Checkpoints.VALUES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.PartContent;
import io.millrace.runtime.checkpoint.SavepointTables;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.checkpoint.WorkerTables;
import io.millrace.runtime.state.TableForm;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two workers write four subtasks of an operator, which own four key groups each. */
class JobTablesTest {
    private static final int KEYS = 300;
    private static final int SUBTASKS = 4;
    private static final int OWNED = Checkpoints.MAX_PARALLELISM / SUBTASKS;

    @TempDir private java.nio.file.Path temporary;

    private StoredSegments segments;
    private Manifest whole;

    @BeforeEach
    void writeStateOfTasks() throws IOException {
        Checkpoints checkpoints = new Checkpoints(temporary.resolve("local"));
        segments = new StoredSegments(checkpoints.directory());
        checkpoints.begin(1);
        checkpoints.put(0, KEYS, "a");
        whole = inFour(checkpoints.end(CheckpointKind.FULL));
    }

    @AfterEach
    void nothingFailsAnyMore() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    /** What two subtasks had, as four have it. */
    private static Manifest inFour(Manifest inTwo) {
        OperatorEntry entry = inTwo.operators().get(0);
        List<SubtaskEntry> subtasks = new ArrayList<>();
        for (int subtask = 0; subtask < SUBTASKS; subtask++) {
            int first = subtask * OWNED;
            boolean second = subtask % 2 == 1;
            subtasks.add(
                    new SubtaskEntry(
                            false,
                            entry.subtasks().get(subtask / 2).parts().stream()
                                    .filter(part -> part.isKeyed() || !second)
                                    .map(part -> part.isKeyed() ? narrowed(part, first) : part)
                                    .toList(),
                            List.of()));
        }
        return Checkpoints.with(inTwo, subtasks, inTwo.files());
    }

    private static StatePart narrowed(StatePart part, int first) {
        return new StatePart(
                part.kind(),
                part.name(),
                part.form(),
                first,
                first + OWNED - 1,
                part.items(),
                part.description(),
                part.pieces());
    }

    /** What a worker has: some subtasks, and of them some parts. */
    private Manifest only(Predicate<Integer> subtasks, Predicate<StatePart> parts) {
        List<SubtaskEntry> entries = new ArrayList<>();
        List<SubtaskEntry> subtaskEntries = whole.operators().get(0).subtasks();
        for (int i = 0; i < subtaskEntries.size(); i++) {
            entries.add(
                    new SubtaskEntry(
                            false,
                            subtasks.test(i)
                                    ? subtaskEntries.get(i).parts().stream().filter(parts).toList()
                                    : List.of(),
                            List.of()));
        }
        return Checkpoints.share(whole, entries);
    }

    private java.nio.file.Path target() {
        return temporary.resolve("savepoint");
    }

    private Path directory() {
        return new Path(target().toString());
    }

    private StoredFile share(String worker, SavepointTables tables, Manifest share)
            throws IOException {
        return StoredFile.inManifest(
                "1/1/" + worker + ".seg", written(tables, share, segments, SnapshotPace.FULL));
    }

    /** As a worker does. */
    private byte[] written(
            SavepointTables tables, Manifest share, SegmentSource source, SnapshotPace pace)
            throws IOException {
        WorkerTables own = tables.begin(directory(), pace);
        try {
            return own.finish(share, source);
        } catch (IOException | RuntimeException e) {
            own.abandon();
            throw e;
        }
    }

    /** What the coordinator gets: lists as they are, and what workers have told. */
    private Manifest told(List<StoredFile> shares) {
        return Checkpoints.with(
                whole,
                only(each -> true, part -> !part.isKeyed()).operators().get(0).subtasks(),
                shares);
    }

    private List<StoredFile> sharesOfTwo(SavepointTables tables) throws IOException {
        return List.of(
                share("w-1", tables, only(each -> each % 2 == 0, StatePart::isKeyed)),
                share("w-2", tables, only(each -> each % 2 == 1, StatePart::isKeyed)));
    }

    private List<String> filesLeft() throws IOException {
        return Checkpoints.filesBelow(target());
    }

    private void requireSame(TableSavepoint savepoint, int parallelism) throws IOException {
        Checkpoints.requireSame(whole, segments, savepoint, parallelism, KEYS);
    }

    /** Key groups of a worker need not be neighbours. */
    @ParameterizedTest
    @CsvSource({"2, 1000000000", "3, 1000000000", "4, 1000000000", "2, 1000"})
    void sharesOfWorkersAreOneSavepoint(int parallelism, long fileBytes) throws IOException {
        JobTables tables = new JobTables(fileBytes);

        long bytes = tables.finish(told(sharesOfTwo(tables)), directory());

        TableSavepoint savepoint = TableSavepoint.open(directory());
        requireSame(savepoint, parallelism);
        assertThat(savepoint.files().stream().mapToLong(TableSavepoint.File::length).sum())
                .isEqualTo(bytes);
        assertThat(savepoint.toCheckpoint().enumerators()).hasSize(1);
        assertThat(savepoint.toCheckpoint().committables()).hasSize(1);
        assertThat(savepoint.tables())
                .filteredOn(table -> table.name().equals("offsets"))
                .as("lists that workers have told are in one file")
                .allSatisfy(table -> assertThat(table.files()).isEqualTo(1));
    }

    private static List<String> aside() throws IOException {
        try (Stream<java.nio.file.Path> all =
                Files.list(java.nio.file.Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.map(each -> each.getFileName().toString())
                    .filter(name -> name.startsWith("millrace-tables-"))
                    .toList();
        }
    }

    @Test
    void whatPreparesTheEndWritesARealTableAndLeavesNothing() throws IOException {
        java.nio.file.Path directory = temporary.resolve("trial");
        TableShare trial = new JobTables().trial(new Path(directory.toUri()));
        SavepointManifest.Table table = trial.tables().operators().get(0).tables().get(0);
        assertThat(table.rows()).isEqualTo(1);
        assertThat(directory.resolve(table.files().get(0).path())).isNotEmptyFile();

        List<String> before = aside();
        new JobTables().prepare();
        assertThat(aside()).isEqualTo(before);
    }

    @Test
    void aWorkerHasOneFileOfEachStateHoweverManySubtasksItHas() throws IOException {
        JobTables tables = new JobTables();

        tables.finish(told(sharesOfTwo(tables)), directory());

        assertThat(TableSavepoint.open(directory()).tables())
                .filteredOn(table -> table.kind().equals("KEYED"))
                .hasSize(3)
                .allSatisfy(table -> assertThat(table.files()).isEqualTo(2));
    }

    /** Lists that are too large to be told are written by the worker. */
    @Test
    void aListMayLieInFilesOfSeveralWorkersAndOfTheCoordinator() throws IOException {
        JobTables tables = new JobTables();
        StoredFile first = share("w-1", tables, only(each -> each == 0, part -> true));
        Manifest rest = only(each -> each == 2, part -> !part.isKeyed());
        StoredFile keyed = share("w-2", tables, only(each -> each != 0, StatePart::isKeyed));

        tables.finish(
                Checkpoints.with(whole, rest.operators().get(0).subtasks(), List.of(keyed, first)),
                directory());

        TableSavepoint savepoint = TableSavepoint.open(directory());
        requireSame(savepoint, 2);
        List<SubtaskEntry> subtasks = savepoint.toCheckpoint().operators().get(0).subtasks();
        for (int subtask : new int[] {0, 2}) {
            StatePart list = named(subtasks.get(subtask), "offsets");
            StatePart before = named(whole.operators().get(0).subtasks().get(subtask), "offsets");
            assertThat(list.items()).isEqualTo(before.items());
            assertThat(PartContent.read(list, savepoint.segments(), "offsets"))
                    .isEqualTo(PartContent.read(before, segments, "offsets"));
        }
    }

    private List<StoredFile> broadcastsOfTwo(SavepointTables tables, Predicate<StatePart> second)
            throws IOException {
        Predicate<StatePart> broadcast = part -> part.kind() == StatePart.Kind.BROADCAST;
        return List.of(
                share("w-2", tables, only(each -> each == 2, broadcast.and(second))),
                share("w-1", tables, only(each -> each == 0, broadcast)));
    }

    /** All of a broadcast state is large, and written by every worker. */
    @Test
    void broadcastStateOfSeveralWorkersIsThereOnce() throws IOException {
        JobTables tables = new JobTables();
        List<StoredFile> shares = broadcastsOfTwo(tables, part -> true);

        tables.finish(
                Checkpoints.with(
                        whole,
                        only(each -> false, part -> false).operators().get(0).subtasks(),
                        shares),
                directory());

        TableSavepoint savepoint = TableSavepoint.open(directory());
        assertThat(savepoint.verify().damages()).isEmpty();
        assertThat(savepoint.tables())
                .filteredOn(table -> table.name().equals("rules"))
                .singleElement()
                .satisfies(table -> assertThat(table.files()).isEqualTo(1))
                .satisfies(table -> assertThat(table.rows()).isEqualTo(2));
        assertThat(filesLeft())
                .filteredOn(file -> file.contains("broadcast=") && file.endsWith(".parquet"))
                .hasSize(1);
        StatePart kept =
                named(savepoint.toCheckpoint().operators().get(0).subtasks().get(0), "rules");
        StatePart before = named(whole.operators().get(0).subtasks().get(0), "rules");
        assertThat(PartContent.read(kept, savepoint.segments(), "rules"))
                .isEqualTo(PartContent.read(before, segments, "rules"));
    }

    /** A program that gives its subtasks different broadcast state gets all of it back. */
    @Test
    void broadcastStateThatDiffersIsKeptOfEachWorker() throws IOException {
        JobTables tables = new JobTables();
        Manifest first = only(each -> each == 0, part -> part.kind() == StatePart.Kind.BROADCAST);
        Manifest second = only(each -> each == 2, part -> part.kind() == StatePart.Kind.BROADCAST);
        List<SubtaskEntry> changed =
                second.operators().get(0).subtasks().stream()
                        .map(
                                entry ->
                                        new SubtaskEntry(
                                                false,
                                                entry.parts().stream()
                                                        .map(JobTablesTest::without)
                                                        .toList(),
                                                List.of()))
                        .toList();
        List<StoredFile> shares =
                List.of(
                        share("w-1", tables, first),
                        share("w-2", tables, Checkpoints.with(second, changed, List.of())));

        tables.finish(
                Checkpoints.with(
                        whole,
                        only(each -> false, part -> false).operators().get(0).subtasks(),
                        shares),
                directory());

        List<SubtaskEntry> subtasks =
                TableSavepoint.open(directory()).toCheckpoint().operators().get(0).subtasks();
        assertThat(named(subtasks.get(0), "rules").items()).isEqualTo(2);
        assertThat(named(subtasks.get(2), "rules").items()).isZero();
    }

    /** The same state without its content. */
    private static StatePart without(StatePart part) {
        return new StatePart(
                part.kind(),
                part.name(),
                part.form(),
                part.firstKeyGroup(),
                part.lastKeyGroup(),
                0,
                part.description(),
                List.of());
    }

    @Test
    void aShareThatIsDamagedOrOfSomethingElseIsRefused() throws IOException {
        StoredFile share = share("w-1", new JobTables(), only(each -> true, StatePart::isKeyed));
        assertThat(TableShare.isOne(share)).isTrue();
        byte[] bytes = share.content().clone();
        bytes[bytes.length / 2] ^= 1;
        assertThatThrownBy(() -> TableShare.parse(bytes, "worker w-1"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("worker w-1")
                .hasMessageContaining("another checksum");
        StoredFile other =
                StoredFile.inManifest("1/1/w-2.seg", new byte[] {'{', 1, 2, 3, 4, 5, 6, 7, 8});
        assertThat(TableShare.isOne(other)).isFalse();
    }

    private static StatePart named(SubtaskEntry subtask, String name) {
        return subtask.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A state that one worker has in an earlier form has a directory for each form. */
    @Test
    void tablesOfSeveralFormsDoNotShareADirectory() throws IOException {
        JobTables tables = new JobTables();
        byte[] other = // of the same columns
                TableForm.of(MAPS, Checkpoints.KEYS).toBytes();
        StoredFile first =
                share(
                        "w-1",
                        tables,
                        only(each -> each < 2, part -> part.name().equals(VALUES.name())));
        List<SubtaskEntry> renamed =
                only(each -> each >= 2, part -> part.name().equals(MAPS.name()))
                        .operators()
                        .get(0)
                        .subtasks()
                        .stream()
                        .map(
                                entry ->
                                        new SubtaskEntry(
                                                false,
                                                entry.parts().stream()
                                                        .map(part -> asValues(part, other))
                                                        .toList(),
                                                List.of()))
                        .toList();
        StoredFile second =
                share(
                        "w-2",
                        tables,
                        Checkpoints.with(only(each -> false, part -> false), renamed, List.of()));

        tables.finish(told(List.of(first, second)), directory());

        TableSavepoint savepoint = TableSavepoint.open(directory());
        assertThat(savepoint.verify().damages()).isEmpty();
        assertThat(
                        savepoint.files().stream()
                                .map(TableSavepoint.File::path)
                                .filter(path -> path.contains("state=value"))
                                .map(path -> path.substring(0, path.lastIndexOf('/')))
                                .distinct())
                .hasSize(2);
    }

    private static StatePart asValues(StatePart part, byte[] description) {
        return new StatePart(
                part.kind(),
                VALUES.name(),
                part.form(),
                part.firstKeyGroup(),
                part.lastKeyGroup(),
                0,
                description,
                part.pieces());
    }

    @Test
    void withoutSharesTheCoordinatorWritesWhatIsInTheManifest() throws IOException {
        byte[] content;
        try (Stream<java.nio.file.Path> all = Files.walk(temporary.resolve("local"))) {
            content =
                    Files.readAllBytes(all.filter(Files::isRegularFile).findFirst().orElseThrow());
        }
        StoredFile held = StoredFile.inManifest(whole.files().get(0).file(), content);

        new JobTables()
                .finish(
                        Checkpoints.with(whole, whole.operators().get(0).subtasks(), List.of(held)),
                        directory());

        requireSame(TableSavepoint.open(directory()), 2);
    }

    @Test
    void aFileThatIsGoneBeforeTheEndIsNamed() throws IOException {
        JobTables tables = new JobTables();
        Manifest told = told(sharesOfTwo(tables));
        java.nio.file.Path victim;
        try (Stream<java.nio.file.Path> all = Files.walk(target())) {
            victim = all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        Files.delete(victim);

        assertThatThrownBy(() -> tables.finish(told, directory()))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT))
                .hasMessageContaining(victim.getFileName().toString())
                .hasMessageContaining("is missing");
        assertThat(TableSavepoint.isAt(directory())).isFalse();
    }

    @Test
    void aShareThatFailsLeavesNothing() throws IOException {
        AtomicInteger opened = new AtomicInteger();
        SegmentSource failing =
                segment -> {
                    if (opened.incrementAndGet() > 3) {
                        throw new IOException("No space left on device");
                    }
                    return segments.open(segment);
                };

        assertThatThrownBy(
                        () ->
                                written(
                                        new JobTables(),
                                        only(each -> each < 2, StatePart::isKeyed),
                                        failing,
                                        SnapshotPace.FULL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void aShareThatNobodyWantsIsGivenUpInTheMiddle() throws IOException {
        AtomicInteger steps = new AtomicInteger();
        SnapshotPace pace =
                threads ->
                        () -> {
                            if (steps.incrementAndGet() == 3) {
                                throw new InterruptedIOException("given up");
                            }
                        };

        assertThatThrownBy(
                        () ->
                                written(
                                        new JobTables(),
                                        only(each -> each < 2, StatePart::isKeyed),
                                        segments,
                                        pace))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void aShareThatIsWrittenCanBeRemoved() throws IOException {
        JobTables tables = new JobTables();
        List<StoredFile> shares = sharesOfTwo(tables);

        tables.remove(shares.get(0).content(), directory());
        assertThat(filesLeft()).anyMatch(file -> file.endsWith(".parquet"));
        tables.remove(shares.get(1).content(), directory());

        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void whatIsRemovedAlreadyIsRemoved() throws IOException {
        JobTables tables = new JobTables();
        List<StoredFile> shares = sharesOfTwo(tables);
        tables.remove(shares.get(0).content(), directory());
        tables.remove(shares.get(1).content(), directory());

        tables.remove(shares.get(0).content(), directory());

        assertThat(filesLeft()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"SAVEPOINT_MANIFEST_HALF_WRITTEN", "SAVEPOINT_BEFORE_RENAME"})
    void beforeTheRenameThereIsNoSavepoint(FaultPoint point) throws IOException {
        JobTables tables = new JobTables();
        Manifest told = told(sharesOfTwo(tables));
        System.setProperty(FaultPoint.CRASH_HOW, "fail");
        System.setProperty(FaultPoint.CRASH_AT, point.name());

        assertThatThrownBy(() -> tables.finish(told, directory()))
                .isInstanceOf(MillraceException.class);

        assertThat(TableSavepoint.isAt(directory())).isFalse();
    }
}
