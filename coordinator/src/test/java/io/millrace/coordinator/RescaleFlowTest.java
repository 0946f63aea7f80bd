package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.coordinator.operation.OperationView.State;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job of two subtasks is to have three. */
class RescaleFlowTest {
    private CoordinatorHarness it = new CoordinatorHarness();
    private static final String SAVEPOINT = "/savepoints/savepoint-1";

    private Manifest manifest;
    private CheckpointRecord record;

    private static JobGraphs program() {
        return JobGraphs.job(1)
                .vertex(2, SOURCE, SINK)
                .unbounded()
                .config("execution.checkpointing.interval", "10 s");
    }

    @BeforeEach
    void theJobRuns() {
        it.submit(program().build());
        it.on(new Event.CheckpointsRead(JobGraphs.id(1), null, List.of(), null));
        it.registers("w1", 2);
        run(0, 2, "w1");
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
    }

    private void run(int attempt, int subtasks, String... workers) {
        for (int subtask = 0; subtask < subtasks; subtask++) {
            for (String worker : workers) { // one of them has it
                it.becomes(worker, attempt(1, 1, subtask, attempt), TaskState.RUNNING);
            }
        }
    }

    private void asks(int parallelism) {
        it.on(
                new Event.OperationRequested(
                        Operation.rescale("op", JobGraphs.id(1), parallelism, "me")));
    }

    private OperationView operation() {
        return it.coordinator.operation("op");
    }

    private int width() {
        return it.job(1).vertex(1).orElseThrow().parallelism();
    }

    /** The checkpoint that was asked for is written, by all tasks of the first attempt. */
    private void checkpointIsWritten() {
        tasksAnswer(1);
        manifest = it.effects(Effect.StoreCheckpoint.class).get(0).manifest();
        record = new CheckpointRecord(1, CoordinatorHarness.EPOCH, "3/1/manifest", 1, 1);
    }

    /** To the trigger of a checkpoint, or of a savepoint. */
    private void tasksAnswer(long id) {
        it.on(new Event.EnumeratorSnapshot(JobGraphs.id(1), id, 1, 0, 0, 1, new byte[] {7}, null));
        assertThat(it.sent(ToWorker.TriggerCheckpoint.class)).hasSize(1);
        it.says(
                "w1",
                new ToCoordinator.CheckpointAcked(
                        JobGraphs.id(1),
                        id,
                        List.of(snapshot(attempt(1, 1, 0, 0)), snapshot(attempt(1, 1, 1, 0))),
                        new StoredFile("3/" + id + "/w1.seg", 100)));
    }

    private void checkpointIsStored() {
        it.on(new Event.CheckpointStored(JobGraphs.id(1), record.checkpointId(), record, null));
    }

    private void asksWithSavepoint(int parallelism) {
        it.on(
                new Event.OperationRequested(
                        Operation.rescaleWithSavepoint(
                                "op",
                                JobGraphs.id(1),
                                parallelism,
                                "/savepoints",
                                SavepointFormatType.CANONICAL,
                                "me")));
    }

    /** Until the savepoint has all its parts. */
    private void savepointIsWritten() {
        assertThat(it.effects(Effect.PlaceSavepoint.class))
                .containsExactly(
                        new Effect.PlaceSavepoint(
                                JobGraphs.id(1),
                                "op",
                                "/savepoints",
                                SavepointFormatType.CANONICAL));
        it.on(new Event.SavepointPlaced(JobGraphs.id(1), "op", SAVEPOINT, null));
        tasksAnswer(1);
        assertThat(it.effects(Effect.StoreSavepoint.class)).hasSize(1);
        assertThat(it.effects(Effect.WantWorkers.class)).as("nothing else is touched").isEmpty();
    }

    private void savepointIsStored() {
        it.on(new Event.SavepointStored(JobGraphs.id(1), 1, null));
    }

    private static TaskSnapshot snapshot(AttemptId task) {
        return new TaskSnapshot(
                task, false, List.of(), List.of(), List.of(), TaskSnapshot.Timing.NONE);
    }

    private void tasksEnd() {
        it.becomes("w1", attempt(1, 1, 0, 0), TaskState.CANCELED);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.CANCELED);
    }

    private void checkpointsAreRead() {
        it.on(
                new Event.CheckpointsRead(
                        JobGraphs.id(1),
                        new Pointer(JobGraphs.id(1).hex(), "job-1", "/c", 1, List.of(record)),
                        List.of(new Event.FoundCheckpoint(record, manifest, null)),
                        null));
    }

    /** Until its tasks are deployed at parallelism 3. */
    private void moves() {
        asks(3);
        it.registers("w2", 2);
        checkpointIsWritten();
        checkpointIsStored();
        tasksEnd();
        checkpointsAreRead();
    }

    @Test
    void slotsAndACheckpointComeFirstThenTheJournalThenTheTasks() {
        asks(3);
        assertThat(it.effects(Effect.WantWorkers.class).get(0).count()).isEqualTo(2);
        assertThat(it.sent(ToWorker.CancelTasks.class)).isEmpty();
        it.registers("w2", 2);
        assertThat(it.effects(Effect.SnapshotEnumerators.class)).hasSize(1);
        checkpointIsWritten();
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        checkpointIsStored();
        assertThat(it.kinds().indexOf(Effect.Kind.JOURNAL))
                .isNotNegative()
                .isLessThan(firstCancellation());
        assertThat(it.journal.get(it.journal.size() - 1))
                .isEqualTo(new JournalEntry.JobRescaled(JobGraphs.id(1), "op", 3, null));

        tasksEnd();
        assertThat(it.effects(Effect.ReadCheckpoints.class)).hasSize(1);
        checkpointsAreRead();
        assertThat(width()).isEqualTo(3);
        assertThat(it.sent(ToWorker.DeployTasks.class))
                .allSatisfy(
                        deployed ->
                                assertThat(deployed.graph().vertex(1).parallelism()).isEqualTo(3))
                .flatMap(ToWorker.DeployTasks::tasks)
                .hasSize(3)
                .allSatisfy(task -> assertThat(task.attempt()).as("never used").isPositive());
        assertThat(it.sent(ToWorker.DeployTasks.class))
                .flatMap(ToWorker.DeployTasks::restores)
                .hasSize(3)
                .allSatisfy(restore -> assertThat(restore.checkpointId()).isEqualTo(1));
        assertThat(operation().state()).isEqualTo(State.RUNNING);
        run(2, 3, "w1", "w2");
        assertThat(operation().state()).isEqualTo(State.COMPLETED);
        assertThat(operation().note()).contains("parallelism 3", "checkpoint 1");
    }

    private int firstCancellation() {
        for (int i = 0; i < it.effects.size(); i++) {
            if (it.effects.get(i) instanceof Effect.Send send
                    && send.message() instanceof ToWorker.CancelTasks) {
                return i;
            }
        }
        throw new AssertionError("nothing is cancelled: " + it.kinds());
    }

    @Test
    void aSavepointIsWholeBeforeAnythingElseIsDone() {
        asksWithSavepoint(3);
        savepointIsWritten();
        savepointIsStored();
        assertThat(operation().state()).isEqualTo(State.RUNNING);
        assertThat(it.effects(Effect.WantWorkers.class).get(0).count()).isEqualTo(2);
        it.registers("w2", 2);
        tasksAnswer(2);
        manifest = it.effects(Effect.StoreCheckpoint.class).get(0).manifest();
        record = new CheckpointRecord(2, CoordinatorHarness.EPOCH, "3/2/manifest", 1, 1);
        checkpointIsStored();
        assertThat(it.journal.get(it.journal.size() - 1))
                .isEqualTo(new JournalEntry.JobRescaled(JobGraphs.id(1), "op", 3, null));
        tasksEnd();
        checkpointsAreRead();
        run(2, 3, "w1", "w2");

        assertThat(operation().state()).isEqualTo(State.COMPLETED);
        assertThat(operation().path()).isEqualTo(SAVEPOINT);
        assertThat(operation().note()).contains("parallelism 3");
        assertThat(width()).isEqualTo(3);
    }

    @Test
    void ifItsSavepointFailsTheJobGoesOnAsItWas() {
        asksWithSavepoint(3);
        savepointIsWritten();
        it.on(
                new Event.SavepointStored(
                        JobGraphs.id(1), 1, CoordinatorHarness.report(ErrorCode.STORAGE_FAILED)));

        assertThat(operation().state()).isEqualTo(State.FAILED);
        assertThat(operation().failure().code()).isEqualTo(ErrorCode.STORAGE_FAILED);
        assertThat(it.effects(Effect.DiscardSavepoint.class)).hasSize(1);
        assertThat(it.effects(Effect.WantWorkers.class)).isEmpty();
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        assertThat(width()).isEqualTo(2);
    }

    @Test
    void withoutSlotsItsSavepointStaysAndItsAskerHearsOfIt() {
        asksWithSavepoint(3);
        savepointIsWritten();
        savepointIsStored();
        it.fires(Purpose.WORKERS_WANTED, JobGraphs.id(1).hex(), 2);

        assertThat(operation().state()).isEqualTo(State.FAILED);
        assertThat(operation().failure().code()).isEqualTo(ErrorCode.RESCALE_FAILED);
        assertThat(operation().failure().summary())
                .contains("lacks 1 of 3 slots", "Its savepoint " + SAVEPOINT + " is whole");
        assertThat(it.effects(Effect.DiscardSavepoint.class)).isEmpty();
        assertThat(it.sent(ToWorker.CancelTasks.class)).isEmpty();
    }

    @Test
    void whatIsRefusedWritesNoSavepoint() {
        asksWithSavepoint(129);

        assertThat(operation().failure().code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(it.effects(Effect.PlaceSavepoint.class)).isEmpty();
    }

    @Test
    void aNewLeaderLooksWhetherTheSavepointIsWholeAndDoesNotRescale() {
        asksWithSavepoint(3);
        savepointIsWritten();

        it = new CoordinatorHarness(it);
        assertThat(it.effects(Effect.FindSavepoint.class)).hasSize(1);
        it.on(new Event.SavepointFound(JobGraphs.id(1), "op", true, null));

        assertThat(operation().state()).isEqualTo(State.FAILED);
        assertThat(operation().failure().code()).isEqualTo(ErrorCode.RESCALE_FAILED);
        assertThat(operation().failure().summary()).contains(SAVEPOINT + " is whole");
        assertThat(it.effects(Effect.DiscardSavepoint.class)).isEmpty();
        assertThat(width()).isEqualTo(2);
    }

    @Test
    void aNewLeaderRemovesASavepointThatIsNotWhole() {
        asksWithSavepoint(3);
        savepointIsWritten();

        it = new CoordinatorHarness(it);
        it.on(new Event.SavepointFound(JobGraphs.id(1), "op", false, null));

        assertThat(operation().failure().summary()).contains("What was written is removed");
        assertThat(it.effects(Effect.DiscardSavepoint.class)).hasSize(1);
    }

    @Test
    void withoutSlotsNothingIsTouched() {
        asks(3);
        it.fires(Purpose.WORKERS_WANTED, JobGraphs.id(1).hex(), 2);

        assertThat(operation().state()).isEqualTo(State.FAILED);
        assertThat(operation().failure().code()).isEqualTo(ErrorCode.RESCALE_FAILED);
        assertThat(operation().failure().summary()).contains("lacks 1 of 3 slots");
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        assertThat(it.sent(ToWorker.CancelTasks.class)).isEmpty();
        assertThat(it.effects(Effect.WantWorkers.class).get(0).count()).isEqualTo(1);
    }

    @Test
    void ifTheClusterRefusesWorkersTheJobGoesOn() {
        asks(3);
        it.on(new Event.WorkersRefused(CoordinatorHarness.report(ErrorCode.RESOURCES_NOT_GRANTED)));

        assertThat(operation().state()).isEqualTo(State.FAILED);
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void aCheckpointThatFailsEndsItAndNotTheJob() {
        asks(3);
        it.registers("w2", 2);
        it.on(
                new Event.EnumeratorSnapshot(
                        JobGraphs.id(1),
                        1,
                        1,
                        0,
                        0,
                        1,
                        null,
                        CoordinatorHarness.report(ErrorCode.USER_CODE_FAILED)));

        assertThat(operation().state()).isEqualTo(State.FAILED);
        assertThat(it.sent(ToWorker.CancelTasks.class)).isEmpty();
        asks(3);
        assertThat(operation().state()).as("the same is done once").isEqualTo(State.FAILED);
    }

    @Test
    void tooManyAreRefusedAtOnce() {
        asks(129);

        assertThat(operation().failure().code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(operation().failure().summary()).contains("129", "128");
        assertThat(it.effects(Effect.WantWorkers.class)).isEmpty();
        assertThat(it.effects(Effect.SnapshotEnumerators.class)).isEmpty();
    }

    @Test
    void aJobThatTakesNoMoreCheckpointsIsNotWaitedFor() {
        it = new CoordinatorHarness();
        it.submit(
                JobGraphs.job(1)
                        .vertex(2, SOURCE, SINK)
                        .unbounded()
                        .config("execution.checkpointing.interval", "10 s")
                        .config("execution.checkpointing.checkpoints-after-tasks-finish", "false")
                        .build());
        it.on(new Event.CheckpointsRead(JobGraphs.id(1), null, List.of(), null));
        it.registers("w1", 2);
        run(0, 2, "w1");
        asks(1); // its enumerator does not answer
        assertThat(operation().state()).isEqualTo(State.RUNNING);
        it.finishes("w1", attempt(1, 1, 0, 0));
        assertThat(operation().state()).isEqualTo(State.FAILED);
        assertThat(operation().failure().summary()).contains("checkpoints-after-tasks-finish");
        it.on(new Event.OperationRequested(Operation.rescale("later", JobGraphs.id(1), 1, "me")));
        assertThat(it.coordinator.operation("later").failure().summary())
                .contains("checkpoints-after-tasks-finish");
    }

    @Test
    void whatItHasAlreadyIsDoneAtOnce() {
        asks(2);

        assertThat(operation().state()).isEqualTo(State.COMPLETED);
        assertThat(operation().note()).contains("already");
    }

    @Test
    void fewerNeedNoSlots() {
        asks(1);

        assertThat(it.effects(Effect.SnapshotEnumerators.class)).hasSize(1);
    }

    @Test
    void ifATaskDoesNotComeToRunTheJobGoesBackToWhatItWas() {
        moves();
        String first = it.subtask(1, 1, 0).workerId();
        it.fails(first, attempt(1, 1, 0, 2), ErrorCode.USER_CODE_FAILED);

        assertThat(operation().state()).isEqualTo(State.FAILED);
        assertThat(operation().failure().summary()).contains("parallelism 3", "it broke");
        assertThat(it.journal)
                .filteredOn(JournalEntry.JobRescaled.class::isInstance)
                .hasSize(2)
                .last()
                .satisfies(
                        entry ->
                                assertThat(((JournalEntry.JobRescaled) entry).parallelism())
                                        .as("as it was accepted")
                                        .isZero());
        for (int subtask = 1; subtask < 3; subtask++) {
            for (String worker : List.of("w1", "w2")) {
                it.becomes(worker, attempt(1, 1, subtask, 2), TaskState.CANCELED);
            }
        }
        checkpointsAreRead();
        assertThat(width()).isEqualTo(2);
        run(4, 2, "w1", "w2");
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        assertThat(it.job(1).vertex(1).orElseThrow().subtasks())
                .allMatch(subtask -> subtask.state() == TaskState.RUNNING);
    }

    @Test
    void aNewLeaderComesUpAtTheNewParallelismAndEndsTheOperation() {
        asks(3);
        it.registers("w2", 2);
        checkpointIsWritten();
        checkpointIsStored();

        it = new CoordinatorHarness(it);
        assertThat(operation().state()).isEqualTo(State.RUNNING);
        assertThat(width()).isEqualTo(3);
        checkpointsAreRead();
        it.registers("w3", 4);
        run(0, 3, "w3");
        assertThat(operation().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void aNewLeaderKnowsNothingOfWhatWasNotDecided() {
        asks(3);
        it.registers("w2", 2);
        checkpointIsWritten();

        it = new CoordinatorHarness(it);
        assertThat(operation().state()).isEqualTo(State.FAILED);
        assertThat(width()).isEqualTo(2);
    }

    @Test
    void aJobThatIsCancelledMeanwhileIsCancelled() {
        moves();
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "me"));
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELLING);
        List<ToWorker.ReleaseJob> released = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            for (String worker : List.of("w1", "w2")) {
                it.becomes(worker, attempt(1, 1, subtask, 2), TaskState.CANCELED);
                released.addAll(it.sent(ToWorker.ReleaseJob.class));
            }
        }
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELED);
        assertThat(operation().state()).isEqualTo(State.FAILED);
        assertThat(released).as("all that have heard").hasSize(2);
    }
}
