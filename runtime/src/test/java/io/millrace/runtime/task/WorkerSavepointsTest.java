package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.file.Path;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FileSettings;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.GrowingTable;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.PartOutput;
import io.millrace.runtime.checkpoint.PassingSegment;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SavepointSettings;
import io.millrace.runtime.checkpoint.SavepointTables;
import io.millrace.runtime.checkpoint.SavepointTarget;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.SnapshotPurpose;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.WorkerTables;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToCoordinator.CheckpointAcked;
import io.millrace.runtime.message.ToCoordinator.CheckpointDeclined;
import io.millrace.runtime.message.ToWorker.TriggerCheckpoint;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints of tables, as one worker writes them. */
class WorkerSavepointsTest {
    private static final JobId JOB = new JobId("0000000000000000000000000000000a");
    private static final AttemptId FIRST = new AttemptId(JOB, 1, 0, 0);
    private static final AttemptId SECOND = new AttemptId(JOB, 1, 1, 0);

    @TempDir java.nio.file.Path work;

    private final ArrayDeque<Runnable> posted = new ArrayDeque<>();
    private final ArrayDeque<Runnable> tablesWork = new ArrayDeque<>();
    private final List<ToCoordinator> told = new ArrayList<>();
    private final List<Throwable> fatal = new ArrayList<>();
    private final WorkerCheckpoints checkpoints =
            new WorkerCheckpoints("w-1", told::add, posted::add, tablesWork::add, fatal::add);
    private final Tables tables = new Tables();

    /** What is done while a share is written. */
    @FunctionalInterface
    private interface Meanwhile {
        void run(SnapshotPace pace) throws IOException;
    }

    /** Notes what it is given. */
    private static final class Tables implements SavepointTables {
        private final List<String> contents = new ArrayList<>();
        private final List<String> removed = new ArrayList<>();
        private final List<Growing> growing = new ArrayList<>();
        private int abandoned;
        private Meanwhile meanwhile = pace -> {};

        @Override
        public WorkerTables begin(Path directory, SnapshotPace pace) {
            return new WorkerTables() {
                @Override
                public GrowingTable begin(OperatorEntry operator, int subtask, StatePart part) {
                    growing.add(new Growing(operator.id(), subtask, part));
                    return growing.get(growing.size() - 1);
                }

                @Override
                public byte[] finish(Manifest share, SegmentSource segments) throws IOException {
                    for (Manifest.SubtaskEntry subtask : share.operators().get(0).subtasks()) {
                        for (StatePart part : subtask.parts()) {
                            note(share.operators().get(0).id(), part, segments);
                        }
                    }
                    for (Growing each : growing) {
                        each.read();
                    }
                    meanwhile.run(pace);
                    return "{written}".getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public void abandon() {
                    abandoned++;
                }
            };
        }

        private void note(String uid, StatePart part, SegmentSource segments) throws IOException {
            for (Piece piece : part.pieces()) {
                SegmentRef segment = ((Piece.Stored) piece).segment();
                try (InputStream in = segments.open(segment)) {
                    contents.add(uid + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }

        @Override
        public void remove(byte[] written, Path directory) {
            removed.add(new String(written, StandardCharsets.UTF_8));
        }

        @Override
        public long finish(Manifest whole, Path directory) {
            throw new AssertionError("a worker does not end a savepoint");
        }
    }

    /** Reads what it is given when the savepoint ends. */
    private static final class Growing implements GrowingTable {
        private final String of;
        private final List<PassingSegment> segments = new ArrayList<>();
        private final List<String> contents = new ArrayList<>();
        private boolean ended;

        Growing(String uid, int subtask, StatePart part) {
            this.of = uid + " " + subtask + " " + part.name();
        }

        @Override
        public void add(PassingSegment segment) {
            segments.add(segment);
        }

        @Override
        public void end() {
            ended = true;
        }

        void read() throws IOException {
            assertThat(ended).isTrue();
            for (PassingSegment each : segments) {
                each.read(
                        (array, length) ->
                                contents.add(new String(array, 0, length, StandardCharsets.UTF_8)));
            }
        }
    }

    /** State of some bytes. */
    private record Bytes(StatePart.Kind kind, String content) implements FrozenState {
        @Override
        public List<StatePart> writeTo(SegmentOutput out) throws IOException {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            Piece piece = new Piece.Stored(out.append(to -> to.write(bytes)), 0, 0);
            return List.of(
                    new StatePart(kind, "state", "any/1", 0, 1, 0, new byte[0], List.of(piece)));
        }

        @Override
        public void close() {}
    }

    /** State whose segments pass: some bytes for each key group. */
    private record Groups(String... contents) implements FrozenState {
        @Override
        public List<StatePart> writeTo(SegmentOutput out) throws IOException {
            StatePart part =
                    new StatePart(
                            StatePart.Kind.KEYED,
                            "groups",
                            "any/1",
                            0,
                            7,
                            0,
                            new byte[0],
                            List.of());
            PartOutput to = out.begin(part);
            BinaryWriter buffer = out.takeBuffer();
            for (int group = 0; group < contents.length; group++) {
                byte[] bytes = contents[group].getBytes(StandardCharsets.UTF_8);
                buffer.writeBytes(bytes, 0, bytes.length);
                buffer = to.add(buffer, group, group);
            }
            return List.of(part.withPieces(to.finish(buffer)));
        }

        @Override
        public void close() {}
    }

    private static JobGraph graph() {
        ChainedOperator operator =
                new ChainedOperator(
                        1,
                        "uid",
                        "map",
                        OperatorSpec.Kind.values()[0],
                        new byte[0],
                        null,
                        List.of(),
                        List.of());
        return new JobGraph(
                JOB,
                "job",
                ExecutionMode.STREAMING,
                false,
                List.of(new JobVertex(1, "map", 2, 16, "default", List.of(operator))),
                List.of(),
                Map.of(),
                List.of());
    }

    private SavepointSetup setup() {
        return new SavepointSetup(
                graph(),
                work.resolve("local"),
                new SavepointSettings(1, 600_000, 10),
                new FileSettings(SegmentFile.Use.KEPT, SegmentFile.Use.PACKED),
                () -> Optional.of(tables));
    }

    private TriggerCheckpoint trigger(int mostInManifestBytes) {
        return new TriggerCheckpoint(
                7,
                JOB,
                3,
                1000,
                CheckpointKind.SAVEPOINT,
                List.of(FIRST, SECOND),
                new SavepointTarget(
                        SnapshotPurpose.SAVEPOINT,
                        work.resolve("savepoint").toUri().toString(),
                        SavepointFormatType.CANONICAL),
                mostInManifestBytes);
    }

    private static TaskCut cut(FrozenState... frozen) {
        return new TaskCut(
                List.of(new TaskCut.OperatorCut(0, List.of(), List.of(frozen))),
                List.of(),
                List.of(),
                1,
                2,
                false,
                () -> {});
    }

    private void snapshotThread() {
        while (!posted.isEmpty()) {
            posted.remove().run();
        }
        assertThat(fatal).isEmpty();
    }

    private void tablesThread() {
        while (!tablesWork.isEmpty()) {
            tablesWork.remove().run();
        }
        assertThat(fatal).isEmpty();
    }

    private void cutBoth() {
        checkpoints.beginSavepoint(trigger(0), setup());
        checkpoints.onCut(SECOND, 3, cut(new Bytes(StatePart.Kind.KEYED, "two")));
        checkpoints.onCut(
                FIRST,
                3,
                cut(
                        new Bytes(StatePart.Kind.KEYED, "one"),
                        new Bytes(StatePart.Kind.SPLIT_LIST, "list")));
        snapshotThread();
    }

    private List<java.nio.file.Path> filesLeft() throws IOException {
        try (var all = Files.walk(work)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void keyedStateOfAllTasksBecomesTablesAndSmallListsAreTold() throws IOException {
        cutBoth();
        assertThat(told).as("tables are not there yet").isEmpty();
        assertThat(filesLeft()).as("what tasks held").hasSize(1);

        tablesThread();
        snapshotThread();

        assertThat(tables.contents).containsExactly("uid one", "uid two");
        CheckpointAcked acked = (CheckpointAcked) told.get(0);
        assertThat(acked.file().content()).asString().isEqualTo("{written}");
        assertThat(acked.tasks()).hasSize(2);
        List<StatePart> parts =
                acked.tasks().stream()
                        .flatMap(task -> task.operators().stream())
                        .flatMap(operator -> operator.parts().stream())
                        .toList();
        assertThat(parts).extracting(StatePart::kind).containsExactly(StatePart.Kind.SPLIT_LIST);
        assertThat(((Piece.Inline) parts.get(0).pieces().get(0)).bytes())
                .asString()
                .isEqualTo("list");
        assertThat(filesLeft()).as("the local file has gone").isEmpty();
    }

    private void cutOf(FrozenState first, FrozenState second) {
        checkpoints.beginSavepoint(trigger(0), setup());
        checkpoints.onCut(FIRST, 3, cut(first));
        checkpoints.onCut(SECOND, 3, cut(second));
        snapshotThread();
    }

    private List<StatePart> toldParts() {
        return ((CheckpointAcked) told.get(0))
                .tasks().stream()
                        .flatMap(task -> task.operators().stream())
                        .flatMap(operator -> operator.parts().stream())
                        .toList();
    }

    @Test
    void aLargePartPassesToATableOfItsOwnAndALittleOneToTheFile() throws IOException {
        cutOf(new Groups("one", "two"), new Groups("not yet", "enough", "more", "and more"));
        assertThat(tables.growing).extracting(each -> each.of).containsExactly("uid 1 groups");

        tablesThread();
        snapshotThread();

        assertThat(tables.contents).containsExactly("uid one", "uid two");
        assertThat(tables.growing.get(0).contents)
                .as("what had been in the file, too")
                .containsExactly("not yet", "enough", "more", "and more");
        assertThat(toldParts()).isEmpty();
        assertThat(filesLeft()).isEmpty();
    }

    /** What could have been left to the coordinator may turn out to be the beginning of much. */
    @Test
    void whatWasHeldForTheManifestPassesToo() throws IOException {
        checkpoints.beginSavepoint(trigger(1000), setup());
        checkpoints.onCut(FIRST, 3, cut(new Groups("not yet", "enough", "more")));
        checkpoints.onCut(SECOND, 3, cut(new Bytes(StatePart.Kind.KEYED, "one")));
        snapshotThread();
        tablesThread();
        snapshotThread();

        assertThat(tables.growing.get(0).contents).containsExactly("not yet", "enough", "more");
        assertThat(tables.contents).containsExactly("uid one");
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void tablesOfWritersThatRestAreMadeOfTheLocalFile() throws IOException {
        SavepointSetup setup = setup();
        checkpoints.beginSavepoint(
                trigger(0),
                new SavepointSetup(
                        setup.graph(),
                        setup.local(),
                        new SavepointSettings(0.5, 600_000, 10),
                        setup.files(),
                        setup.tables()));
        checkpoints.onCut(FIRST, 3, cut(new Groups("long enough", "more")));
        checkpoints.onCut(SECOND, 3, cut());
        snapshotThread();
        tablesThread();
        snapshotThread();

        assertThat(tables.growing).isEmpty();
        assertThat(tables.contents).containsExactly("uid long enough", "uid more");
    }

    @Test
    void aSavepointThatEndsWhileRowsPassLeavesNothing() throws IOException {
        checkpoints.beginSavepoint(trigger(0), setup());
        checkpoints.onCut(FIRST, 3, cut(new Groups("long enough", "2", "3", "4")));
        snapshotThread();
        assertThat(tables.growing).hasSize(1);

        checkpoints.onCheckpointEnded(JOB, 3, false);
        snapshotThread();
        tablesThread();

        assertThat(tables.abandoned).isEqualTo(1);
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void tablesThatFailAreAbandoned() {
        tables.meanwhile =
                pace -> {
                    throw new IOException("No space left on device");
                };
        cutOf(new Groups("long enough", "more"), new Groups());

        tablesThread();
        snapshotThread();

        assertThat(told.get(0)).isInstanceOf(CheckpointDeclined.class);
        assertThat(tables.abandoned).isEqualTo(1);
    }

    @Test
    void whatIsLittleIsLeftToTheCoordinator() throws IOException {
        checkpoints.beginSavepoint(trigger(1000), setup());
        checkpoints.onCut(FIRST, 3, cut(new Bytes(StatePart.Kind.KEYED, "one")));
        checkpoints.onCut(SECOND, 3, cut());
        snapshotThread();

        CheckpointAcked acked = (CheckpointAcked) told.get(0);
        assertThat(acked.file().isInManifest()).isTrue();
        assertThat(acked.tasks().get(0).segments()).hasSize(1);
        assertThat(tablesWork).isEmpty();
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void tablesThatCannotBeWrittenCostTheSavepoint() throws IOException {
        tables.meanwhile =
                pace -> {
                    throw new IOException("No space left on device");
                };
        cutBoth();

        tablesThread();
        snapshotThread();

        CheckpointDeclined declined = (CheckpointDeclined) told.get(0);
        assertThat(told).hasSize(1);
        assertThat(declined.cause().code()).isEqualTo(ErrorCode.STORAGE_FAILED);
        assertThat(declined.cause().summary()).contains("w-1").contains("No space left");
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void aWriterHearsThatItWasGivenUp() throws IOException {
        tables.meanwhile =
                pace -> {
                    checkpoints.onCheckpointEnded(JOB, 3, false);
                    assertThatThrownBy(pace.begin(1)::worked)
                            .isInstanceOf(InterruptedIOException.class);
                    pace.begin(1).worked();
                };
        cutBoth();

        tablesThread();
        snapshotThread();

        assertThat(told).isEmpty();
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void tablesThatComeTooLateAreRemoved() throws IOException {
        tables.meanwhile = pace -> checkpoints.onCheckpointEnded(JOB, 3, false);
        cutBoth();

        tablesThread();
        snapshotThread();
        tablesThread();

        assertThat(told).isEmpty();
        assertThat(tables.removed).containsExactly("{written}");
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void theEndOfTheJobEndsItsSavepoint() throws IOException {
        tables.meanwhile = pace -> checkpoints.releaseJob(JOB);
        cutBoth();

        tablesThread();
        snapshotThread();
        tablesThread();

        assertThat(told).isEmpty();
        assertThat(tables.removed).containsExactly("{written}");
    }

    @Test
    void aCutThatNeverComesLeavesNothingOnTheLocalDisk() throws IOException {
        checkpoints.beginSavepoint(trigger(0), setup());
        checkpoints.onCut(FIRST, 3, cut(new Bytes(StatePart.Kind.KEYED, "one")));
        snapshotThread();
        assertThat(filesLeft()).hasSize(1);

        checkpoints.onCheckpointEnded(JOB, 3, false);
        snapshotThread();
        tablesThread();

        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void withoutAWriterOfTablesItSaysWhatToDo() {
        SavepointSetup setup = setup();
        checkpoints.beginSavepoint(
                trigger(0),
                new SavepointSetup(
                        setup.graph(),
                        setup.local(),
                        setup.settings(),
                        setup.files(),
                        Optional::empty));
        snapshotThread();

        CheckpointDeclined declined = (CheckpointDeclined) told.get(0);
        assertThat(declined.cause().code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(declined.cause().summary()).contains("millrace-savepoint").contains("native");
    }

    @Test
    void aJobThatIsNotHereIsDeclined() {
        checkpoints.beginSavepoint(trigger(0), null);
        snapshotThread();

        assertThat(((CheckpointDeclined) told.get(0)).cause().code())
                .isEqualTo(ErrorCode.WORKER_LOST);
    }
}
