package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static io.millrace.coordinator.CoordinatorHarness.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.OperatorSnapshot;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointFlowTest {
    private static final String FOREIGN = "file:///c/" + "f".repeat(32) + "/3/1";

    private final CoordinatorHarness it = new CoordinatorHarness();
    private final String job = JobGraphs.id(1).hex();

    private static JobGraphs program() {
        return JobGraphs.job(1)
                .vertex(2, SOURCE, SINK)
                .unbounded()
                .config("execution.checkpointing.interval", "10 s");
    }

    /** A job of two tasks on one worker runs. */
    private void runs(JobGraph graph) {
        it.submit(graph);
        reads(null);
        it.registers("w1", 2);
        it.becomes("w1", attempt(1, 1, 0, 0), TaskState.RUNNING);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.RUNNING);
    }

    private void reads(Pointer pointer, Event.FoundCheckpoint... found) {
        it.on(new Event.CheckpointsRead(JobGraphs.id(1), pointer, List.of(found), null));
    }

    private void isDue() {
        it.nowMs += 10_000;
        it.fires(Purpose.CHECKPOINT_DUE, job, 0);
    }

    private void enumeratorAnswers(long id, int generation) {
        it.on(
                new Event.EnumeratorSnapshot(
                        JobGraphs.id(1), id, 1, 0, generation, 1, new byte[] {7}, null));
    }

    /** What both tasks have written lies in the manifest. */
    private void acknowledgesLittle(long id, int attempt, StoredFile stored) {
        it.says(
                "w1",
                new ToCoordinator.CheckpointAcked(
                        JobGraphs.id(1),
                        id,
                        List.of(
                                snapshot(1, attempt(1, 1, 0, attempt)),
                                snapshot(1, attempt(1, 1, 1, attempt))),
                        stored));
    }

    private void acknowledges(long id, int attempt, OperatorCommittables... prepared) {
        it.says(
                "w1",
                new ToCoordinator.CheckpointAcked(
                        JobGraphs.id(1),
                        id,
                        List.of(
                                snapshot(id, attempt(1, 1, 0, attempt), prepared),
                                snapshot(id, attempt(1, 1, 1, attempt))),
                        new StoredFile("3/" + id + "/w1.seg", 100)));
    }

    private static TaskSnapshot snapshot(
            long id, AttemptId task, OperatorCommittables... prepared) {
        StatePart splits =
                new StatePart(
                        StatePart.Kind.SPLIT_LIST,
                        "splits",
                        "toy/1",
                        0,
                        -1,
                        1,
                        new byte[0],
                        List.of(
                                new Piece.Stored(
                                        new SegmentRef("3/" + id + "/w1.seg", 0, 10, 0), 0, 0)));
        return new TaskSnapshot(
                task,
                false,
                List.of(new OperatorSnapshot(0, List.of(splits))),
                List.of(),
                List.of(prepared),
                TaskSnapshot.Timing.NONE);
    }

    private CheckpointRecord isStored(long id) {
        CheckpointRecord record =
                new CheckpointRecord(id, CoordinatorHarness.EPOCH, "3/" + id + "/manifest", 1, 1);
        it.on(new Event.CheckpointStored(JobGraphs.id(1), id, record, null));
        return record;
    }

    private Manifest completes(long id, int attempt, int generation) {
        isDue();
        enumeratorAnswers(id, generation);
        acknowledges(id, attempt);
        Manifest manifest = it.effects(Effect.StoreCheckpoint.class).get(0).manifest();
        isStored(id);
        return manifest;
    }

    private void isDamaged(String... files) {
        it.on(
                new Event.CheckpointDamaged(
                        JobGraphs.id(1),
                        List.of(files),
                        report(ErrorCode.CHECKPOINT_FILE_CORRUPT)));
    }

    private CheckpointKind triggers(long id) {
        isDue();
        enumeratorAnswers(id, 0);
        return it.sent(ToWorker.TriggerCheckpoint.class).get(0).checkpointKind();
    }

    @Test
    void aCheckpointThatIsFoundDamagedIsPassedOverAndTheNextOneIsWhole() {
        runs(program().build());
        completes(1, 0, 0);
        completes(2, 0, 0);
        isDamaged("3/2/w1.seg");
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        assertThat(it.job(1).exceptions())
                .anySatisfy(
                        e ->
                                assertThat(e.failure().code())
                                        .isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT));
        assertThat(triggers(3)).isEqualTo(CheckpointKind.FULL);
        it.fails("w1", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.CANCELED);
        it.fires(Purpose.RESTART_DELAY, job + "/0", 0);
        assertThat(restored()).isEqualTo(1);
    }

    @Test
    void whatIsBuiltOnAWholeCheckpointIsIncrementalAgain() {
        runs(program().build());
        completes(1, 0, 0);
        isDamaged("3/1/w1.seg");
        completes(2, 0, 0);
        isDamaged("3/1/w1.seg");
        assertThat(triggers(3)).isEqualTo(CheckpointKind.INCREMENTAL);
    }

    private void asksForASavepoint(String path) {
        it.on(
                new Event.OperationRequested(
                        new Operation(
                                "op",
                                JobGraphs.id(1),
                                OperationKind.SAVEPOINT,
                                "/savepoints",
                                SavepointFormatType.NATIVE,
                                "somebody")));
        it.on(new Event.SavepointPlaced(JobGraphs.id(1), "op", path, null));
    }

    /** Its directory was removed, and a worker that had not heard of that has made it again. */
    @Test
    void whatAWorkerHasWrittenLateOfASavepointThatFailedGoesToo() {
        runs(program().build());
        asksForASavepoint("/savepoints/one");
        enumeratorAnswers(1, 0);
        it.fails("w1", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        Effect.DiscardSavepoint gone =
                new Effect.DiscardSavepoint(JobGraphs.id(1), "/savepoints/one");
        assertThat(it.effects(Effect.DiscardSavepoint.class)).containsExactly(gone);

        acknowledges(1, 0);

        assertThat(it.effects(Effect.DiscardSavepoint.class)).containsExactly(gone);
        assertThat(it.effects(Effect.DeleteCheckpointFiles.class)).isEmpty();
    }

    @Test
    void aSavepointIsWholeAndTheCheckpointBehindItIsIncremental() {
        runs(program().build());
        completes(1, 0, 0);
        asksForASavepoint("/savepoints/one");
        enumeratorAnswers(2, 0);
        assertThat(it.sent(ToWorker.TriggerCheckpoint.class))
                .extracting(ToWorker.TriggerCheckpoint::checkpointKind)
                .containsExactly(CheckpointKind.SAVEPOINT);
        acknowledges(2, 0);
        assertThat(it.effects(Effect.StoreSavepoint.class).get(0).manifest().kind())
                .isEqualTo(CheckpointKind.FULL);
        it.on(new Event.SavepointStored(JobGraphs.id(1), 2, null));
        assertThat(triggers(3)).isEqualTo(CheckpointKind.INCREMENTAL);
    }

    @Test
    void ifAllAreFoundDamagedTheYoungestIsTriedAndNoTaskStartsEmpty() {
        runs(program().build());
        completes(1, 0, 0);
        completes(2, 0, 0);
        isDamaged("3/1/w1.seg", "3/2/w1.seg");
        it.fails("w1", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.CANCELED);
        it.fires(Purpose.RESTART_DELAY, job + "/0", 0);
        assertThat(restored()).isEqualTo(2);
    }

    @Test
    void damageOfFilesThatNobodyNeedsIsNoNews() {
        runs(program().build());
        completes(1, 0, 0);
        isDamaged("3/9/w1.seg");
        assertThat(it.job(1).exceptions()).isEmpty();
        assertThat(triggers(2)).isEqualTo(CheckpointKind.INCREMENTAL);
    }

    private void findsFilesGone(long id) {
        it.on(
                new Event.CheckpointStored(
                        JobGraphs.id(1), id, null, report(ErrorCode.CHECKPOINT_FILE_CORRUPT)));
    }

    @Test
    void aJobWhoseFilesAreGoneRunsOnAndItsNextCheckpointIsWhole() {
        runs(program().build());
        completes(1, 0, 0);
        assertThat(triggers(2)).isEqualTo(CheckpointKind.INCREMENTAL);
        acknowledges(2, 0);
        findsFilesGone(2);
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        assertThat(it.job(1).exceptions()).hasSize(1);
        assertThat(triggers(3)).isEqualTo(CheckpointKind.FULL);
        acknowledges(3, 0);
        isStored(3);
        assertThat(triggers(4)).isEqualTo(CheckpointKind.INCREMENTAL);
    }

    @Test
    void whatIsUnderWayWhenFilesAreGoneIsGivenUpSinceItMayNeedThem() {
        runs(program().config("execution.checkpointing.max-concurrent-checkpoints", "2").build());
        completes(1, 0, 0);
        triggers(2);
        acknowledges(2, 0);
        assertThat(triggers(3)).isEqualTo(CheckpointKind.INCREMENTAL);
        findsFilesGone(2);
        assertThat(it.sent(ToWorker.CheckpointEnded.class))
                .extracting(ToWorker.CheckpointEnded::checkpointId)
                .containsExactlyInAnyOrder(2L, 3L);
        assertThat(triggers(4)).isEqualTo(CheckpointKind.FULL);
    }

    private static OperatorCommittables output(long checkpointId, int bytes) {
        return new OperatorCommittables(
                1, 1, 0, checkpointId, 1, List.of(new byte[] {(byte) bytes}));
    }

    @Test
    void nothingIsCommittedOrToldBeforeThePointerIsDurable() {
        runs(program().build());
        isDue();
        assertThat(it.effects(Effect.SnapshotEnumerators.class)).hasSize(1);
        assertThat(it.effects(Effect.Journal.class))
                .extracting(Effect.Journal::entry)
                .containsExactly(new JournalEntry.CheckpointIdsReserved(JobGraphs.id(1), 64));
        enumeratorAnswers(1, 0);
        assertThat(it.sent(ToWorker.TriggerCheckpoint.class).get(0).tasks()).hasSize(2);
        acknowledges(1, 0, output(1, 5));
        assertThat(it.effects(Effect.Commit.class)).isEmpty();
        Effect.StoreCheckpoint store = it.effects(Effect.StoreCheckpoint.class).get(0);
        assertThat(store.manifest().enumerators()).hasSize(1);
        assertThat(store.manifest().operators()).hasSize(2);
        assertThat(store.manifest().committables()).hasSize(1);
        isStored(1);
        assertThat(it.effects(Effect.Commit.class).get(0).committables()).hasSize(1);
        assertThat(it.effects(Effect.Commit.class).get(0).beforeTasks()).isFalse();
        assertThat(it.sent(ToWorker.CheckpointEnded.class).get(0).complete()).isTrue();
        assertThat(it.job(1).checkpoints().completed()).isEqualTo(1);
    }

    @Test
    void whatAnEnumeratorAssignsAfterItsPositionIsSentBehindTheTrigger() {
        runs(
                JobGraphs.job(1)
                        .vertex(1, SOURCE)
                        .vertex(1, SOURCE)
                        .unbounded()
                        .config("execution.checkpointing.interval", "10 s")
                        .build());
        it.becomes("w1", attempt(1, 2, 0, 0), TaskState.RUNNING);
        it.becomes("w1", attempt(1, 1, 0, 0), TaskState.RUNNING);
        isDue();
        it.on(new Event.EnumeratorSnapshot(JobGraphs.id(1), 1, 1, 0, 0, 1, new byte[] {7}, null));
        assigns(1, 0);
        assertThat(it.effects).isEmpty();
        assigns(2, 1);
        assertThat(it.sent(ToWorker.AssignSplits.class)).hasSize(1);
        it.on(new Event.EnumeratorSnapshot(JobGraphs.id(1), 1, 2, 0, 1, 1, new byte[] {7}, null));
        assertThat(it.effects(Effect.Send.class))
                .extracting(send -> send.message().kind())
                .containsExactly(ToWorker.Kind.TRIGGER_CHECKPOINT, ToWorker.Kind.ASSIGN_SPLITS);
    }

    private void assigns(int vertex, int generation) {
        it.on(
                new Event.SplitsAssigned(
                        JobGraphs.id(1), vertex, 0, generation, 0, 1, List.of(new byte[1]), false));
    }

    @Test
    void aFailedTaskBringsItsRegionBackFromTheLatestCheckpoint() {
        runs(program().build());
        completes(1, 0, 0);
        it.fails("w1", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.CANCELED);
        it.fires(Purpose.RESTART_DELAY, job + "/0", 0);
        ToWorker.DeployTasks deployed = it.sent(ToWorker.DeployTasks.class).get(0);
        assertThat(deployed.restores()).hasSize(2);
        assertThat(deployed.restores().get(0).checkpointId()).isEqualTo(1);
        assertThat(it.effects(Effect.StartEnumerator.class).get(0).position().state())
                .containsExactly(7);
    }

    @Test
    void noTaskStartsWhileItIsNotKnownWhetherACheckpointIsStored() {
        runs(program().build());
        isDue();
        enumeratorAnswers(1, 0);
        acknowledges(1, 0);
        it.fails("w1", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.CANCELED);
        it.fires(Purpose.RESTART_DELAY, job + "/0", 0);
        assertThat(it.sent(ToWorker.DeployTasks.class)).isEmpty();
        isStored(1);
        assertThat(it.sent(ToWorker.DeployTasks.class).get(0).restores()).hasSize(2);
    }

    @Test
    void aRegionThatRestartsAbortsWhatIsUnderWay() {
        runs(program().build());
        isDue();
        enumeratorAnswers(1, 0);
        it.fails("w1", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        assertThat(it.sent(ToWorker.CheckpointEnded.class).get(0).complete()).isFalse();
        assertThat(it.effects(Effect.DeleteCheckpointFiles.class).get(0).abandoned())
                .containsExactly(1L);
        acknowledges(1, 0);
        assertThat(it.effects(Effect.StoreCheckpoint.class)).isEmpty();
        assertThat(it.effects(Effect.DeleteCheckpointFiles.class).get(0).garbage().files())
                .containsExactly("3/1/w1.seg");
    }

    @Test
    void anUnboundedJobWithoutACompleteCheckpointStartsFromItsSources() {
        runs(program().build());
        it.fails("w1", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        assertThat(it.job(1).state()).isEqualTo(JobState.RESTARTING);
    }

    @Test
    void moreFailuresInARowThanToleratedRestartTheTasks() {
        runs(program().build());
        isDue();
        enumeratorAnswers(1, 0);
        it.says(
                "w1",
                new ToCoordinator.CheckpointDeclined(
                        JobGraphs.id(1), 1, attempt(1, 1, 0, 0), report(ErrorCode.STORAGE_FAILED)));
        assertThat(it.job(1).state()).isEqualTo(JobState.RESTARTING);
        assertThat(it.job(1).exceptions())
                .anySatisfy(
                        e ->
                                assertThat(e.failure().code())
                                        .isEqualTo(ErrorCode.CHECKPOINTS_FAILING));
    }

    @Test
    void theOldestIsDroppedWithItsFilesOnceThePointerNamesTheFourth() {
        runs(program().build());
        for (int id = 1; id <= 3; id++) {
            completes(id, 0, 0);
            assertThat(it.effects(Effect.DeleteCheckpointFiles.class)).isEmpty();
        }
        isDue();
        enumeratorAnswers(4, 0);
        acknowledges(4, 0);
        assertThat(it.effects(Effect.StoreCheckpoint.class).get(0).keep())
                .extracting(CheckpointRecord::checkpointId)
                .containsExactly(2L, 3L);
        isStored(4);
        assertThat(it.effects(Effect.DeleteCheckpointFiles.class).get(0).garbage().directories())
                .containsExactly("3/1");
    }

    @Test
    void aBrokenFileLeadsToTheCheckpointBeforeAndThenToTheEnd() {
        runs(program().build());
        completes(1, 0, 0);
        completes(2, 0, 0);
        it.fails("w1", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.CANCELED);
        it.fires(Purpose.RESTART_DELAY, job + "/0", 0);
        assertThat(restored()).isEqualTo(2);
        breaks(1);
        it.fires(Purpose.RESTART_DELAY, job + "/0", 1);
        assertThat(restored()).isEqualTo(1);
        breaks(2);
        assertThat(it.job(1).state()).isEqualTo(JobState.FAILED);
        assertThat(it.job(1).failure().code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT);
    }

    private long restored() {
        return it.sent(ToWorker.DeployTasks.class).get(0).restores().get(0).checkpointId();
    }

    private void breaks(int attempt) {
        it.fails("w1", attempt(1, 1, 0, attempt), ErrorCode.CHECKPOINT_FILE_CORRUPT);
        it.becomes("w1", attempt(1, 1, 1, attempt), TaskState.CANCELED);
    }

    @Test
    void whatASinkHandsOverAgainIsCommittedOnce() {
        runs(program().build());
        isDue();
        enumeratorAnswers(1, 0);
        acknowledges(1, 0, output(1, 5));
        isStored(1);
        it.on(new Event.CommitEnded(JobGraphs.id(1), null));
        isDue();
        enumeratorAnswers(2, 0);
        acknowledges(2, 0, output(1, 5), output(2, 6));
        isStored(2);
        assertThat(it.effects(Effect.Commit.class).get(0).committables())
                .extracting(OperatorCommittables::checkpointId)
                .containsExactly(2L);
    }

    @Test
    void aTaskThatIsAcknowledgedAsFinishedBeforeItsLastWordFailsTheCheckpoint() {
        runs(program().build());
        isDue();
        enumeratorAnswers(1, 0);
        it.says(
                "w1",
                new ToCoordinator.CheckpointAcked(
                        JobGraphs.id(1),
                        1,
                        List.of(
                                snapshot(1, attempt(1, 1, 0, 0)),
                                TaskSnapshot.ofFinished(attempt(1, 1, 1, 0))),
                        null));
        assertThat(it.effects(Effect.StoreCheckpoint.class)).isEmpty();
        assertThat(it.sent(ToWorker.CheckpointEnded.class))
                .extracting(ToWorker.CheckpointEnded::complete)
                .containsExactly(false);
    }

    @Test
    void aCommitThatFailsIsRepeatedWithWhatHasComeSince() {
        runs(program().build());
        isDue();
        enumeratorAnswers(1, 0);
        acknowledges(1, 0, output(1, 5));
        isStored(1);
        it.on(new Event.CommitEnded(JobGraphs.id(1), report(ErrorCode.COMMIT_FAILED)));
        isDue();
        enumeratorAnswers(2, 0);
        acknowledges(2, 0, output(2, 6));
        assertThat(it.effects(Effect.StoreCheckpoint.class).get(0).manifest().committables())
                .hasSize(2);
        it.fires(Purpose.CHECKPOINT_COMMIT_RETRY, job, 1);
        assertThat(it.effects(Effect.Commit.class).get(0).committables()).hasSize(1);
        isStored(2);
        it.on(new Event.CommitEnded(JobGraphs.id(1), null));
        assertThat(it.effects(Effect.Commit.class).get(0).committables())
                .extracting(OperatorCommittables::checkpointId)
                .containsExactly(2L);
    }

    @Test
    void aNewLeaderCommitsAgainBeforeTasksStartFromTheLatestCheckpoint() {
        runs(program().build());
        isDue();
        enumeratorAnswers(1, 0);
        acknowledges(1, 0, output(1, 5));
        Manifest manifest = it.effects(Effect.StoreCheckpoint.class).get(0).manifest();
        CheckpointRecord record = isStored(1);

        CoordinatorHarness next = new CoordinatorHarness();
        List<Effect> begun =
                next.coordinator.recover(
                        List.of(
                                new JournalEntry.JobAccepted(program().build(), 0),
                                new JournalEntry.CheckpointIdsReserved(JobGraphs.id(1), 64)),
                        1_000);
        assertThat(begun).extracting(Effect::kind).contains(Effect.Kind.READ_CHECKPOINTS);
        next.registers("w2", 2);
        assertThat(next.sent(ToWorker.DeployTasks.class)).isEmpty();
        next.on(
                new Event.CheckpointsRead(
                        JobGraphs.id(1),
                        new Pointer(job, "job-1", "/c", 1, List.of(record)),
                        List.of(new Event.FoundCheckpoint(record, manifest, null)),
                        null));
        assertThat(next.effects(Effect.Commit.class).get(0).committables()).hasSize(1);
        assertThat(next.effects(Effect.Commit.class).get(0).beforeTasks()).isTrue();
        assertThat(next.sent(ToWorker.DeployTasks.class)).isEmpty();
        next.on(new Event.CommitEnded(JobGraphs.id(1), null));
        assertThat(next.sent(ToWorker.DeployTasks.class).get(0).restores()).hasSize(2);
        next.becomes("w2", attempt(1, 1, 0, 0), TaskState.RUNNING);
        next.becomes("w2", attempt(1, 1, 1, 0), TaskState.RUNNING);
        next.nowMs += 10_000;
        next.fires(Purpose.CHECKPOINT_DUE, job, 0);
        assertThat(next.effects(Effect.SnapshotEnumerators.class).get(0).checkpointId())
                .isEqualTo(65);
    }

    @Test
    void aJobWhoseCheckpointsCannotBeReadNeverStartsEmpty() {
        CoordinatorHarness next = new CoordinatorHarness();
        next.coordinator.recover(
                List.of(new JournalEntry.JobAccepted(program().build(), 0)), 1_000);
        next.registers("w2", 2);
        CheckpointRecord record = new CheckpointRecord(1, 1, "1/1/manifest", 1, 1);
        next.on(
                new Event.CheckpointsRead(
                        JobGraphs.id(1),
                        new Pointer(job, "job-1", "/c", 1, List.of(record)),
                        List.of(
                                new Event.FoundCheckpoint(
                                        record, null, report(ErrorCode.CHECKPOINT_FILE_CORRUPT))),
                        null));
        assertThat(next.sent(ToWorker.DeployTasks.class)).isEmpty();
        assertThat(next.job(1).failure().code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT);
        assertThat(next.effects(Effect.ForgetCheckpoints.class))
                .as("they may be repaired")
                .isEmpty();
    }

    @Test
    void aJobThatIsToStartFromADamagedCheckpointEndsAtOnceAndLeavesNoPlaceOfItsOwn() {
        it.submit(
                program()
                        .config("execution.state-recovery.path", "file:///elsewhere")
                        .config(
                                "execution.checkpointing.externalized-checkpoint-retention",
                                "RETAIN_ON_CANCELLATION")
                        .build());

        it.on(
                new Event.CheckpointsRead(
                        JobGraphs.id(1),
                        null,
                        List.of(),
                        report(ErrorCode.CHECKPOINT_FILE_CORRUPT)));

        assertThat(it.job(1).state()).isEqualTo(JobState.FAILED);
        assertThat(it.job(1).failure().code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT);
        assertThat(it.effects(Effect.ForgetCheckpoints.class)).hasSize(1);
    }

    private static Manifest ofAnotherJob() {
        CheckpointFlowTest other = new CheckpointFlowTest();
        other.runs(program().build());
        return other.completes(1, 0, 0)
                .withNames(name -> "file:///c/" + "f".repeat(32) + "/" + name);
    }

    /** A job that was started from the checkpoint of another one runs. */
    private void goesOn(String claimMode) {
        it.submit(
                program()
                        .config("execution.state-recovery.path", FOREIGN)
                        .config("execution.state-recovery.claim-mode", claimMode)
                        .build());
        CheckpointRecord record = new CheckpointRecord(1, 3, FOREIGN + "/manifest", 0, 0);
        reads(null, new Event.FoundCheckpoint(record, ofAnotherJob(), null));
        it.registers("w1", 2);
        it.becomes("w1", attempt(1, 1, 0, 0), TaskState.RUNNING);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.RUNNING);
    }

    @Test
    void whatAJobHasClaimedGoesOnceItHasACheckpointOfItsOwn() {
        goesOn("CLAIM");
        assertThat(triggers(2)).isEqualTo(CheckpointKind.FULL);
        acknowledges(2, 0);
        assertThat(it.effects(Effect.ReleaseClaimed.class)).isEmpty();
        isStored(2);
        assertThat(it.effects(Effect.ReleaseClaimed.class))
                .containsExactly(new Effect.ReleaseClaimed(JobGraphs.id(1), FOREIGN + "/manifest"));
        completes(3, 0, 0);
        assertThat(it.effects(Effect.ReleaseClaimed.class)).isEmpty();
    }

    @Test
    void aNewLeaderReleasesWhatTheOneBeforePerhapsHasNot() {
        goesOn("CLAIM");
        Manifest manifest = completes(2, 0, 0);
        CheckpointRecord record = new CheckpointRecord(2, 3, "3/2/manifest", 1, 1);
        JobGraph graph =
                program()
                        .config("execution.state-recovery.path", FOREIGN)
                        .config("execution.state-recovery.claim-mode", "CLAIM")
                        .build();

        CoordinatorHarness next = new CoordinatorHarness();
        next.coordinator.recover(List.of(new JournalEntry.JobAccepted(graph, 0)), 1_000);
        next.on(
                new Event.CheckpointsRead(
                        JobGraphs.id(1),
                        new Pointer(job, "job-1", "/c", 2, List.of(record)),
                        List.of(new Event.FoundCheckpoint(record, manifest, null)),
                        null));

        assertThat(next.effects(Effect.ReleaseClaimed.class))
                .containsExactly(new Effect.ReleaseClaimed(JobGraphs.id(1), FOREIGN));
    }

    @Test
    void whatIsNotClaimedStays() {
        goesOn("NO_CLAIM");
        completes(2, 0, 0);
        assertThat(it.effects(Effect.ReleaseClaimed.class)).isEmpty();
    }

    @Test
    void aJobThatEndsBeforeItStandsOnItsOwnLeavesWhatItHasClaimed() {
        goesOn("CLAIM");
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "somebody"));
        it.becomes("w1", attempt(1, 1, 0, 0), TaskState.CANCELED);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.CANCELED);
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELED);
        assertThat(it.effects(Effect.ReleaseClaimed.class)).isEmpty();
    }

    @Test
    void aCancelledJobThatCannotCommitWhatIsDurableFailsAndKeepsItsCheckpoints() {
        runs(program().build());
        isDue();
        enumeratorAnswers(1, 0);
        acknowledges(1, 0, output(1, 5));
        isStored(1);
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "somebody"));
        it.becomes("w1", attempt(1, 1, 0, 0), TaskState.CANCELED);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.CANCELED);
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELLING);
        it.on(new Event.CommitEnded(JobGraphs.id(1), report(ErrorCode.DATA_LOSS)));
        assertThat(it.job(1).state()).isEqualTo(JobState.FAILED);
        assertThat(it.job(1).failure().code()).isEqualTo(ErrorCode.DATA_LOSS);
        assertThat(it.effects(Effect.ForgetCheckpoints.class)).isEmpty();
    }

    @Test
    void aCancelledJobEndsWhenWhatIsDurableIsCommitted() {
        runs(program().build());
        isDue();
        enumeratorAnswers(1, 0);
        acknowledges(1, 0, output(1, 5));
        isStored(1);
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "somebody"));
        it.becomes("w1", attempt(1, 1, 0, 0), TaskState.CANCELED);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.CANCELED);
        it.on(new Event.CommitEnded(JobGraphs.id(1), null));
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELED);
        assertThat(it.effects(Effect.ForgetCheckpoints.class)).hasSize(1);
    }

    @Test
    void stateInTheManifestIsCarriedOnAndGivenToTasksThatRestart() {
        StoredFile little = new StoredFile("3/1/w1.seg", 3, new byte[] {1, 2, 3});
        runs(program().build());
        isDue();
        enumeratorAnswers(1, 0);
        assertThat(it.sent(ToWorker.TriggerCheckpoint.class).get(0).mostInManifestBytes())
                .isEqualTo(2 * (20 << 10));
        acknowledgesLittle(1, 0, little);
        assertThat(it.effects(Effect.StoreCheckpoint.class).get(0).manifest().files())
                .containsExactly(little);
        isStored(1);
        isDue();
        enumeratorAnswers(2, 0);
        acknowledgesLittle(2, 0, null); // refers to what the one before has
        assertThat(it.effects(Effect.StoreCheckpoint.class).get(0).manifest().files())
                .containsExactly(little);
        isStored(2);

        it.fails("w1", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        it.becomes("w1", attempt(1, 1, 1, 0), TaskState.CANCELED);
        it.fires(Purpose.RESTART_DELAY, job + "/0", 0);

        ToWorker.DeployTasks deployed = it.sent(ToWorker.DeployTasks.class).get(0);
        assertThat(deployed.restores().get(0).checkpointId()).isEqualTo(2);
        assertThat(deployed.inManifest()).containsExactly(little);
    }

    @Test
    void nothingIsDeletedForStateThatCameTooLateForAManifest() {
        runs(program().build());
        isDue();
        enumeratorAnswers(1, 0);
        it.fails("w1", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);

        acknowledgesLittle(1, 0, new StoredFile("3/1/w1.seg", 3, new byte[] {1, 2, 3}));

        assertThat(it.effects(Effect.DeleteCheckpointFiles.class)).isEmpty();
    }
}
