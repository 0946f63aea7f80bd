package io.millrace.savepoint;

import static io.millrace.savepoint.Checkpoints.MAPS;
import static io.millrace.savepoint.Checkpoints.VALUES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.GrowingTable;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.PassingSegment;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.checkpoint.WorkerTables;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.UnitHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One worker writes both subtasks of an operator, some of their parts while rows come. */
class GrowingTablesTest {
    private static final int KEYS = 900;

    /** Row groups and files of a few units. */
    private static final long SMALL = 1500;

    @TempDir private java.nio.file.Path temporary;

    private StoredSegments segments;
    private Manifest whole;

    @BeforeEach
    void writeStateOfTasks() throws IOException {
        Checkpoints checkpoints = new Checkpoints(temporary.resolve("local"));
        segments = new StoredSegments(checkpoints.directory());
        checkpoints.begin(1);
        for (int from = 0; from < KEYS; from += KEYS / 3) {
            checkpoints.put(from, from + KEYS / 3, "a".repeat(20));
        }
        whole = checkpoints.end(CheckpointKind.FULL);
    }

    private Path directory() {
        return new Path(temporary.resolve("savepoint").toString());
    }

    private List<String> filesLeft() throws IOException {
        return Checkpoints.filesBelow(temporary.resolve("savepoint"));
    }

    /** How a segment of some units is read. */
    @FunctionalInterface
    private interface Reading {
        void read(byte[] units, PassingSegment.Reader reader) throws IOException;
    }

    /** Some units of a part. */
    private record Units(int keyGroup, byte[] bytes, Reading reading) implements PassingSegment {
        Units(int keyGroup, byte[] bytes) {
            this(
                    keyGroup,
                    bytes,
                    (units, to) -> to.read(Arrays.copyOf(units, units.length + 100), units.length));
        }

        Units readAs(Reading other) {
            return new Units(keyGroup, bytes, other);
        }

        @Override
        public int firstKeyGroup() {
            return keyGroup;
        }

        @Override
        public int lastKeyGroup() {
            return keyGroup;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void read(Reader reader) throws IOException {
            reading.read(bytes, reader);
        }
    }

    /** Each unit of a part by itself, by key groups. */
    private List<Units> units(StatePart part) throws IOException {
        List<Units> units = new ArrayList<>();
        for (Piece piece : part.pieces()) {
            byte[] bytes;
            try (InputStream in = segments.open(((Piece.Stored) piece).segment())) {
                bytes = in.readAllBytes();
            }
            BinaryReader in = new BinaryReader(bytes);
            while (in.remaining() > 0) {
                int from = in.position();
                UnitHead head = UnitHead.read(in.readVarInt(), in);
                in.skip(head.length());
                units.add(
                        new Units(head.keyGroup(), Arrays.copyOfRange(bytes, from, in.position())));
            }
        }
        units.sort(Comparator.comparingInt(Units::keyGroup));
        return units;
    }

    private OperatorEntry operator() {
        OperatorEntry entry = whole.operators().get(0);
        return new OperatorEntry(
                entry.id(), entry.name(), entry.parallelism(), entry.maxParallelism(), List.of());
    }

    private List<SubtaskEntry> subtasks() {
        return whole.operators().get(0).subtasks();
    }

    /** Passes the parts that grow, and gives what is left. */
    private Manifest pass(WorkerTables tables, BiPredicate<Integer, StatePart> grows)
            throws IOException {
        List<SubtaskEntry> rest = new ArrayList<>();
        for (int subtask = 0; subtask < subtasks().size(); subtask++) {
            List<StatePart> parts = new ArrayList<>();
            for (StatePart part : subtasks().get(subtask).parts()) {
                if (part.isKeyed() && grows.test(subtask, part)) {
                    StatePart empty = part.withPieces(List.of());
                    GrowingTable table = tables.begin(operator(), subtask, empty);
                    for (Units each : units(part)) {
                        table.add(each);
                    }
                    table.end();
                    parts.add(empty);
                } else if (part.isKeyed()) {
                    parts.add(part);
                }
            }
            rest.add(new SubtaskEntry(false, parts, List.of()));
        }
        return Checkpoints.share(whole, rest);
    }

    private TableSavepoint savepoint(JobTables tables, byte[] written) {
        List<SubtaskEntry> told =
                subtasks().stream()
                        .map(
                                each ->
                                        new SubtaskEntry(
                                                false,
                                                each.parts().stream()
                                                        .filter(part -> !part.isKeyed())
                                                        .toList(),
                                                List.of()))
                        .toList();
        tables.finish(
                Checkpoints.with(
                        whole, told, List.of(StoredFile.inManifest("1/1/w-1.seg", written))),
                directory());
        return TableSavepoint.open(directory());
    }

    private void requireSame(TableSavepoint savepoint) throws IOException {
        Checkpoints.requireSame(whole, segments, savepoint, 3, KEYS);
    }

    private static List<Integer> keyGroupsOf(byte[] written, String file) {
        return TableShare.parse(written, "w-1").tables().operators().get(0).tables().stream()
                .flatMap(table -> table.files().stream())
                .filter(stored -> stored.path().endsWith(file))
                .flatMap(stored -> stored.rowGroups().stream())
                .flatMap(group -> Stream.of(group.firstKeyGroup(), group.lastKeyGroup()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {SMALL, 3 * SMALL, 1L << 30})
    void partsThatGrowAndOthersAreOneSavepoint(long fileBytes) throws IOException {
        JobTables tables = new JobTables(fileBytes);
        WorkerTables own = tables.begin(directory(), SnapshotPace.FULL);
        Manifest rest =
                pass(own, (subtask, part) -> subtask == 1 || part.name().equals(MAPS.name()));

        TableSavepoint savepoint = savepoint(tables, own.finish(rest, segments));

        requireSame(savepoint);
        assertThat(savepoint.tables()).filteredOn(table -> table.kind().equals("KEYED")).hasSize(3);
    }

    @Test
    void rowGroupsAreInOrderAndFilesEndWithAKeyGroup() throws IOException {
        JobTables tables = new JobTables(SMALL);
        WorkerTables own = tables.begin(directory(), SnapshotPace.FULL);
        byte[] written = own.finish(pass(own, (subtask, part) -> true), segments);

        requireSame(savepoint(tables, written));
        List<String> files =
                filesLeft().stream()
                        .filter(file -> file.contains("state=value") && file.endsWith(".parquet"))
                        .toList();
        assertThat(files).hasSizeGreaterThan(4);
        List<Integer> seen = new ArrayList<>();
        for (String file : files) {
            List<Integer> groups = keyGroupsOf(written, file);
            assertThat(groups).isSorted();
            List<Integer> distinct = groups.stream().distinct().toList();
            assertThat(seen).as("a key group is in one file").doesNotContainAnyElementsOf(distinct);
            seen.addAll(distinct);
        }
    }

    /** In vain, if segments are read one after the other. */
    private static void await(CountDownLatch later) throws IOException {
        try {
            later.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The first is through when a later one has been read, if several are read at a time. */
    @Test
    void aRowGroupThatIsReadyWaitsForThoseBeforeIt() throws IOException {
        WorkerTables own = new JobTables(SMALL).begin(directory(), SnapshotPace.FULL);
        StatePart part = subtasks().get(0).parts().get(0);
        StatePart empty = part.withPieces(List.of());
        GrowingTable table = own.begin(operator(), 0, empty);
        List<Units> units = new ArrayList<>();
        for (Units each : units(part)) { // one of each key group
            if (units.isEmpty() || units.get(units.size() - 1).keyGroup() < each.keyGroup()) {
                units.add(each);
            }
        }
        CountDownLatch later = new CountDownLatch(1);
        for (int i = 0; i < units.size(); i++) {
            boolean first = i == 0;
            table.add(
                    units.get(i)
                            .readAs(
                                    (bytes, to) -> {
                                        to.read(bytes, bytes.length);
                                        if (first) {
                                            await(later);
                                        } else {
                                            later.countDown();
                                        }
                                    }));
        }
        table.end();

        byte[] written =
                own.finish(
                        Checkpoints.share(
                                whole,
                                List.of(
                                        new SubtaskEntry(false, List.of(empty), List.of()),
                                        new SubtaskEntry(false, List.of(), List.of()))),
                        segments);

        assertThat(
                        TableShare.parse(written, "w-1")
                                .tables()
                                .operators()
                                .get(0)
                                .tables()
                                .stream()
                                .flatMap(each -> each.files().stream())
                                .flatMap(each -> each.rowGroups().stream())
                                .map(SavepointManifest.RowGroup::firstKeyGroup))
                .hasSizeGreaterThan(1)
                .isSorted();
    }

    @Test
    void aLargePartIsOneFileOfManyRowGroups() throws IOException {
        JobTables tables = new JobTables(1L << 30);
        WorkerTables own = tables.begin(directory(), SnapshotPace.FULL);
        Manifest rest = pass(own, (subtask, part) -> true);

        TableSavepoint savepoint = savepoint(tables, own.finish(rest, segments));

        assertThat(savepoint.tables())
                .filteredOn(table -> table.kind().equals("KEYED"))
                .allSatisfy(table -> assertThat(table.files()).isEqualTo(2));
    }

    /** The other form of a state is known only when its directory is in use. */
    @Test
    void formsOfOneStateHaveDirectoriesOfTheirOwn() throws IOException {
        JobTables tables = new JobTables();
        WorkerTables own = tables.begin(directory(), SnapshotPace.FULL);
        byte[] other = TableForm.of(MAPS, Checkpoints.KEYS).toBytes();
        List<SubtaskEntry> rest = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            String name = subtask == 0 ? VALUES.name() : MAPS.name();
            StatePart of =
                    subtasks().get(subtask).parts().stream()
                            .filter(part -> part.name().equals(name))
                            .findFirst()
                            .orElseThrow();
            StatePart renamed =
                    new StatePart(
                            of.kind(),
                            VALUES.name(),
                            of.form(),
                            of.firstKeyGroup(),
                            of.lastKeyGroup(),
                            0,
                            subtask == 0 ? of.description() : other,
                            List.of());
            GrowingTable table = own.begin(operator(), subtask, renamed);
            for (Units each : units(of)) {
                table.add(each);
            }
            table.end();
            rest.add(new SubtaskEntry(false, List.of(renamed), List.of()));
        }

        TableSavepoint savepoint =
                savepoint(tables, own.finish(Checkpoints.share(whole, rest), segments));

        assertThat(savepoint.verify().damages()).isEmpty();
        assertThat(
                        savepoint.files().stream()
                                .map(TableSavepoint.File::path)
                                .filter(path -> path.contains("state=value"))
                                .map(path -> path.substring(0, path.lastIndexOf('/')))
                                .distinct())
                .hasSize(2);
    }

    /** One in the middle is not read as it is. */
    private void passWith(Reading broken, WorkerTables own) throws IOException {
        StatePart part = subtasks().get(0).parts().get(0);
        GrowingTable table = own.begin(operator(), 0, part.withPieces(List.of()));
        List<Units> units = units(part);
        for (int i = 0; i < units.size(); i++) {
            boolean middle = i == units.size() / 2;
            table.add(middle ? units.get(i).readAs(broken) : units.get(i));
        }
        table.end();
        own.finish(
                Checkpoints.share(
                        whole,
                        List.of(
                                new SubtaskEntry(
                                        false, List.of(part.withPieces(List.of())), List.of()),
                                new SubtaskEntry(false, List.of(), List.of()))),
                segments);
    }

    @Test
    void aSegmentThatCannotBeReadCostsTheTables() throws IOException {
        WorkerTables own = new JobTables(SMALL).begin(directory(), SnapshotPace.FULL);

        Reading broken =
                (units, to) -> {
                    throw new IOException("Input/output error");
                };

        assertThatThrownBy(() -> passWith(broken, own))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Input/output error");
        own.abandon();

        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void rowsThatAreCutAreToldAsDamage() throws IOException {
        WorkerTables own = new JobTables(SMALL).begin(directory(), SnapshotPace.FULL);

        assertThatThrownBy(() -> passWith((units, to) -> to.read(units, units.length - 1), own))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT))
                .hasMessageContaining("state 'value' of operator 'my uid/ü'");
        own.abandon();

        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsToldToWhoAdds() throws IOException {
        Files.writeString(temporary.resolve("savepoint"), "in the way");
        WorkerTables own = new JobTables(SMALL).begin(directory(), SnapshotPace.FULL);

        assertThatThrownBy(() -> own.finish(pass(own, (subtask, part) -> true), segments))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("savepoint");
        own.abandon();
    }

    @Test
    void tablesThatNobodyWantsAreGivenUpInTheMiddle() throws IOException {
        AtomicInteger steps = new AtomicInteger();
        SnapshotPace pace =
                threads ->
                        () -> {
                            if (steps.incrementAndGet() > 5) {
                                throw new InterruptedIOException("given up");
                            }
                        };
        WorkerTables own = new JobTables(SMALL).begin(directory(), pace);

        assertThatThrownBy(() -> own.finish(pass(own, (subtask, part) -> true), segments))
                .isInstanceOf(InterruptedIOException.class);
        own.abandon();

        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void tablesThatStillGrowCanBeAbandoned() throws IOException {
        WorkerTables own = new JobTables(SMALL).begin(directory(), SnapshotPace.FULL);
        pass(own, (subtask, part) -> true);

        own.abandon();

        assertThat(filesLeft()).isEmpty();
    }
}
