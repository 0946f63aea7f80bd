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
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SavepointSettings;
import io.millrace.runtime.checkpoint.SavepointTables;
import io.millrace.runtime.checkpoint.SavepointTarget;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.SnapshotPurpose;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToCoordinator.CheckpointAcked;
import io.millrace.runtime.message.ToCoordinator.CheckpointDeclined;
import io.millrace.runtime.message.ToWorker.TriggerCheckpoint;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
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
        private Meanwhile meanwhile = pace -> {};

        @Override
        public byte[] writeShare(
                Manifest share, SegmentSource segments, Path directory, SnapshotPace pace)
                throws IOException {
            for (Manifest.SubtaskEntry subtask : share.operators().get(0).subtasks()) {
                for (StatePart part : subtask.parts()) {
                    Piece.Stored piece = (Piece.Stored) part.pieces().get(0);
                    try (InputStream in = segments.open(piece.segment())) {
                        contents.add(
                                share.operators().get(0).id()
                                        + " "
                                        + new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
            meanwhile.run(pace);
            return "{written}".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void removeShare(byte[] written, Path directory) {
            removed.add(new String(written, StandardCharsets.UTF_8));
        }

        @Override
        public long finish(Manifest whole, Path directory) {
            throw new AssertionError("a worker does not end a savepoint");
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
                new SavepointSettings(1, 600_000),
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

    private static TaskCut cut(Bytes... frozen) {
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
