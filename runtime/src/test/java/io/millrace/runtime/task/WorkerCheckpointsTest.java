package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToCoordinator.CheckpointAcked;
import io.millrace.runtime.message.ToCoordinator.CheckpointDeclined;
import io.millrace.runtime.message.ToWorker.TriggerCheckpoint;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.testing.FaultyFileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerCheckpointsTest {
    private static final JobId JOB = new JobId("0000000000000000000000000000000a");
    private static final AttemptId FIRST = new AttemptId(JOB, 1, 0, 0);
    private static final AttemptId SECOND = new AttemptId(JOB, 2, 0, 0);

    @TempDir java.nio.file.Path work;

    private final ArrayDeque<Runnable> posted = new ArrayDeque<>();
    private final List<ToCoordinator> told = new ArrayList<>();
    private final List<Throwable> fatal = new ArrayList<>();
    private final WorkerCheckpoints checkpoints =
            new WorkerCheckpoints("w-1", told::add, posted::add, posted::add, fatal::add);
    private FaultyFileSystem files;
    private CheckpointDirectory directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        Path root = new Path(work.toUri());
        files = new FaultyFileSystem(FileSystem.get(root.toUri()));
        directory = new CheckpointDirectory(files, root, JOB);
    }

    /** State of some bytes, which knows whether it was let go. */
    private static final class Bytes implements FrozenState {
        private final String content;
        private boolean closed;

        Bytes(String content) {
            this.content = content;
        }

        @Override
        public List<StatePart> writeTo(SegmentOutput out) throws IOException {
            assertThat(closed).isFalse();
            Piece piece =
                    new Piece.Stored(
                            out.append(to -> to.write(content.getBytes(StandardCharsets.UTF_8))),
                            0,
                            0);
            return List.of(
                    new StatePart(
                            StatePart.Kind.KEYED,
                            "state",
                            "tables/1",
                            0,
                            1,
                            0,
                            new byte[0],
                            List.of(piece)));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static TaskCut cut(Bytes... frozen) {
        return new TaskCut(
                List.of(new TaskCut.OperatorCut(3, List.of(), List.of(frozen))),
                List.of(),
                List.of(),
                1,
                2,
                false,
                () -> {});
    }

    private void trigger(long id, AttemptId... tasks) {
        checkpoints.begin(
                new TriggerCheckpoint(7, JOB, id, 1000, CheckpointKind.FULL, List.of(tasks)),
                directory);
        run();
    }

    private void hand(AttemptId attempt, long id, TaskCut cut) {
        checkpoints.onCut(attempt, id, cut);
        run();
    }

    private void run() {
        while (!posted.isEmpty()) {
            posted.remove().run();
        }
        assertThat(fatal).isEmpty();
    }

    private List<java.nio.file.Path> filesLeft() throws IOException {
        try (var all = Files.walk(work)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private String read(TaskSnapshot task) throws IOException {
        Piece.Stored piece = (Piece.Stored) task.operators().get(0).parts().get(0).pieces().get(0);
        try (InputStream in = new StoredSegments(directory).open(piece.segment())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void keepsCopiesForTheLatestCompleteCheckpoint() {
        LocalCopies copies = LocalCopies.in(work.resolve("copies"));
        for (long id = 1; id <= 3; id++) {
            checkpoints.begin(
                    new TriggerCheckpoint(7, JOB, id, 1000, CheckpointKind.FULL, List.of(FIRST)),
                    directory,
                    copies,
                    SegmentFile.Use.KEPT);
            hand(FIRST, id, cut(new Bytes("state")));
        }

        checkpoints.onCheckpointEnded(JOB, 1, false);
        checkpoints.onCheckpointEnded(JOB, 2, true);
        run();
        assertThat(copies.has("7000000000/1/w-1.seg")).isFalse();
        assertThat(copies.has("7000000000/2/w-1.seg")).isTrue();
        assertThat(copies.has("7000000000/3/w-1.seg")).as("may become the latest").isTrue();

        checkpoints.onCheckpointEnded(JOB, 3, true);
        run();
        assertThat(copies.has("7000000000/2/w-1.seg")).isFalse();
        assertThat(copies.has("7000000000/3/w-1.seg")).isTrue();

        checkpoints.releaseJob(JOB);
        run();
        assertThat(work.resolve("copies")).doesNotExist();
    }

    @Test
    void keepsCopiesOfEarlierFilesThatACompleteCheckpointRefersTo() {
        LocalCopies copies = LocalCopies.in(work.resolve("copies"));
        checkpoints.begin(
                new TriggerCheckpoint(7, JOB, 1, 1000, CheckpointKind.FULL, List.of(FIRST)),
                directory,
                copies,
                SegmentFile.Use.KEPT);
        hand(FIRST, 1, cut(new Bytes("state")));
        StatePart shared =
                ((CheckpointAcked) told.get(0)).tasks().get(0).operators().get(0).parts().get(0);
        checkpoints.begin(
                new TriggerCheckpoint(7, JOB, 2, 1000, CheckpointKind.FULL, List.of(FIRST)),
                directory,
                copies,
                SegmentFile.Use.KEPT);
        hand(
                FIRST,
                2,
                new TaskCut(
                        List.of(
                                new TaskCut.OperatorCut(
                                        3, List.of(shared), List.of(new Bytes("more")))),
                        List.of(),
                        List.of(),
                        1,
                        2,
                        false,
                        () -> {}));

        checkpoints.onCheckpointEnded(JOB, 2, true);
        run();

        assertThat(copies.has("7000000000/1/w-1.seg")).isTrue();
        assertThat(copies.has("7000000000/2/w-1.seg")).isTrue();
    }

    @Test
    void answersOnceForAllTasksWithOneFile() throws IOException {
        trigger(1, FIRST, SECOND);
        Bytes first = new Bytes("one");
        hand(FIRST, 1, cut(first));
        assertThat(told).isEmpty();

        hand(SECOND, 1, cut(new Bytes("two")));

        CheckpointAcked acked = (CheckpointAcked) told.get(0);
        assertThat(told).hasSize(1);
        assertThat(acked.checkpointId()).isEqualTo(1);
        assertThat(acked.tasks()).extracting(TaskSnapshot::attempt).containsExactly(FIRST, SECOND);
        assertThat(read(acked.tasks().get(0))).isEqualTo("one");
        assertThat(read(acked.tasks().get(1))).isEqualTo("two");
        assertThat(acked.file().file()).isEqualTo("7000000000/1/w-1.seg");
        assertThat(filesLeft()).hasSize(1);
        assertThat(Files.size(filesLeft().get(0))).isEqualTo(acked.file().length());
        assertThat(first.closed).isTrue();
        assertThat(acked.tasks().get(0).timing().writtenBytes()).isPositive();
    }

    @Test
    void whatComesBeforeTheTriggerWaitsForIt() throws IOException {
        hand(FIRST, 1, cut(new Bytes("early")));
        assertThat(told).isEmpty();

        trigger(1, FIRST);

        assertThat(read(((CheckpointAcked) told.get(0)).tasks().get(0))).isEqualTo("early");
    }

    @Test
    void withoutStateThereIsNoFile() throws IOException {
        trigger(1, FIRST);

        hand(FIRST, 1, cut());

        assertThat(((CheckpointAcked) told.get(0)).file()).isNull();
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void aTaskThatFinishesBeforeItsBarrierAnswersThat() {
        trigger(1, FIRST, SECOND);
        hand(SECOND, 1, cut());

        checkpoints.onTaskEnded(FIRST, TaskState.FINISHED);
        run();

        assertThat(((CheckpointAcked) told.get(0)).tasks())
                .contains(TaskSnapshot.ofFinished(FIRST));
    }

    @Test
    void aTaskThatFailsDeclines() throws IOException {
        trigger(1, FIRST, SECOND);
        hand(SECOND, 1, cut(new Bytes("lost")));

        checkpoints.onTaskEnded(FIRST, TaskState.FAILED);
        run();

        CheckpointDeclined declined = (CheckpointDeclined) told.get(0);
        assertThat(declined.attempt()).isEqualTo(FIRST);
        assertThat(declined.cause().code()).isEqualTo(ErrorCode.WORKER_LOST);
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void aFileThatCannotBeWrittenDeclinesAndIsRemoved() throws IOException {
        trigger(1, FIRST, SECOND);
        hand(FIRST, 1, cut(new Bytes("one")));
        files.set(
                new FaultyFileSystem.Faults() {
                    @Override
                    public void before(FaultyFileSystem.Operation operation, Path path)
                            throws IOException {
                        if (operation == FaultyFileSystem.Operation.WRITE) {
                            throw new IOException("No space left on device");
                        }
                    }
                });
        Bytes frozen = new Bytes("two");

        hand(SECOND, 1, cut(frozen));

        CheckpointDeclined declined = (CheckpointDeclined) told.get(0);
        assertThat(declined.cause().code()).isEqualTo(ErrorCode.STORAGE_FAILED);
        assertThat(declined.cause().summary()).contains("w-1").contains("No space left");
        assertThat(filesLeft()).isEmpty();
        assertThat(frozen.closed).isTrue();
        files.set(new FaultyFileSystem.Faults() {});
        trigger(2, FIRST);
        hand(FIRST, 2, cut(new Bytes("again")));
        assertThat(told.get(1)).isInstanceOf(CheckpointAcked.class);
    }

    @Test
    void anAbortRemovesTheFileAndLetsGoOfWhatComesLate() throws IOException {
        trigger(1, FIRST, SECOND);
        hand(FIRST, 1, cut(new Bytes("one")));
        Bytes late = new Bytes("two");

        checkpoints.onCheckpointEnded(JOB, 1, false);
        hand(SECOND, 1, cut(late));

        assertThat(told).isEmpty();
        assertThat(filesLeft()).isEmpty();
        assertThat(late.closed).isTrue();
    }

    @Test
    void aDeclinedSnapshotIsTold() {
        trigger(1, FIRST, SECOND);

        checkpoints.onDeclined(
                FIRST, 1, FailureReports.of(new IllegalStateException("no"), "task 'a'"));
        checkpoints.onDeclined(
                SECOND, 1, FailureReports.of(new IllegalStateException("no"), "task 'b'"));
        run();

        assertThat(told).hasSize(1);
        assertThat(((CheckpointDeclined) told.get(0)).cause().summary()).contains("task 'a'");
    }

    @Test
    void withoutADirectoryItSaysWhatToSet() {
        checkpoints.begin(
                new TriggerCheckpoint(7, JOB, 1, 1000, CheckpointKind.FULL, List.of(FIRST)), null);
        run();

        assertThat(((CheckpointDeclined) told.get(0)).cause().summary())
                .contains("execution.checkpointing.dir");
    }

    @Test
    void checkpointsThatNobodyEndsAreGivenUp() {
        List<Bytes> all = new ArrayList<>();
        for (long id = 1; id <= 2 * WorkerCheckpoints.MAX_OPEN; id++) {
            Bytes frozen = new Bytes("early");
            all.add(frozen);
            hand(FIRST, id, cut(frozen));
        }

        assertThat(all.stream().filter(each -> !each.closed)).hasSize(WorkerCheckpoints.MAX_OPEN);
    }

    @Test
    void releasingTheJobLetsGoOfEverything() throws IOException {
        trigger(1, FIRST, SECOND);
        hand(FIRST, 1, cut(new Bytes("one")));
        Bytes early = new Bytes("early");
        hand(FIRST, 2, cut(early));

        checkpoints.releaseJob(JOB);
        run();

        assertThat(filesLeft()).isEmpty();
        assertThat(early.closed).isTrue();
    }

    private void triggerHolding(long id, int most, AttemptId... tasks) {
        checkpoints.begin(
                new TriggerCheckpoint(
                        7, JOB, id, 1000, CheckpointKind.FULL, List.of(tasks), null, most),
                directory);
        run();
    }

    @Test
    void handsOverWhatIsTooLittleForAFile() throws IOException {
        triggerHolding(1, 1000, FIRST, SECOND);
        hand(FIRST, 1, cut(new Bytes("first")));
        hand(SECOND, 1, cut(new Bytes("second")));

        CheckpointAcked acked = (CheckpointAcked) told.get(0);
        assertThat(acked.file().isInManifest()).isTrue();
        assertThat(filesLeft()).isEmpty();
        StoredSegments segments =
                new StoredSegments(directory, LocalCopies.NONE, List.of(acked.file()));
        assertThat(acked.tasks())
                .extracting(
                        task -> {
                            try (InputStream in =
                                    segments.open(task.segments().findFirst().orElseThrow())) {
                                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                            }
                        })
                .containsExactly("first", "second");
    }

    @Test
    void writesAFileOnceAllTasksTogetherHaveMore() throws IOException {
        triggerHolding(1, 60, FIRST, SECOND);
        hand(FIRST, 1, cut(new Bytes("first")));
        hand(SECOND, 1, cut(new Bytes("second, which is longer")));

        CheckpointAcked acked = (CheckpointAcked) told.get(0);
        assertThat(acked.file().isInManifest()).isFalse();
        assertThat(read(acked.tasks().get(0))).isEqualTo("first");
        assertThat(read(acked.tasks().get(1))).isEqualTo("second, which is longer");
    }
}
