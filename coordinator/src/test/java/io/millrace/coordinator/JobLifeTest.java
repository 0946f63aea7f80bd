package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.MAP;
import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.api.graph.Partitioning.Kind.REBALANCE;
import static io.millrace.coordinator.CoordinatorHarness.EPOCH;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static io.millrace.coordinator.CoordinatorHarness.prepared;
import static io.millrace.coordinator.CoordinatorHarness.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job from submission to result, when nothing breaks, and when it is cancelled. */
class JobLifeTest {
    private static final JobGraph PIPELINE =
            JobGraphs.job(1).vertex(3, SOURCE).vertex(2, SINK).edge(1, 2, REBALANCE).build();
    private static final JobGraph SINGLE = JobGraphs.job(1).vertex(1, SOURCE, SINK).build();

    private final CoordinatorHarness it = new CoordinatorHarness();

    private void runSingle() {
        it.submit(SINGLE);
        it.registers("a", 2);
        it.becomes("a", attempt(1, 1, 0, 0), TaskState.RUNNING);
    }

    @Test
    void aJobIsJournalledBeforeAnythingIsDoneForIt() {
        it.submit(PIPELINE);
        assertThat(it.effects.get(0))
                .isEqualTo(new Effect.Journal(new JournalEntry.JobAccepted(PIPELINE, it.nowMs)));
        assertThat(it.effects(Effect.WantWorkers.class)).containsExactly(new Effect.WantWorkers(2));
        assertThat(it.job(1).state()).isEqualTo(JobState.WAITING_FOR_WORKERS);
    }

    @Test
    void aSecondSubmissionOfAnIdChangesNothing() {
        it.submit(PIPELINE);
        assertThat(it.submit(PIPELINE)).isEmpty();
        assertThat(it.coordinator.view().jobs()).hasSize(1);
    }

    @Test
    void nothingIsDeployedUntilThereAreSlotsForAll() {
        it.submit(PIPELINE);
        it.registers("a", 2);
        assertThat(it.sent(ToWorker.DeployTasks.class)).isEmpty();
        assertThat(it.sent(ToWorker.Welcome.class))
                .containsExactly(new ToWorker.Welcome(EPOCH, 1_000, 5_000));
        it.registers("b", 2);
        assertThat(it.sent(ToWorker.DeployTasks.class)).hasSize(2);
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void aWorkerGetsOneMessageWithAllThatItsTasksNeed() {
        it.submit(PIPELINE);
        it.registers("a", 2);
        it.registers("b", 2);
        ToWorker.DeployTasks toA = it.sent(ToWorker.DeployTasks.class).get(0);
        assertThat(toA.tasks())
                .containsExactly(attempt(1, 1, 0, 0), attempt(1, 1, 2, 0), attempt(1, 2, 0, 0));
        assertThat(toA.workers())
                .containsExactly(
                        new WorkerAddress("a", "host-a", 1), new WorkerAddress("b", "host-b", 1));
        assertThat(toA.placements()).hasSize(2);
        assertThat(toA.placements().get(0).workers()).containsExactly(0, 1, 0);
        assertThat(toA.placements().get(1).workers()).containsExactly(0, 1);
        assertThat(it.effects(Effect.StartEnumerator.class))
                .containsExactly(new Effect.StartEnumerator(PIPELINE, 1, 0, 0));
    }

    @Test
    void splitsGoFromTheEnumeratorToTheReaderThatAsked() {
        runSingle();
        assertThat(it.effects)
                .containsExactly(
                        new Effect.ReaderRegistered(JobGraphs.id(1), 1, 0, 0, 0, 0, "host-a"));
        it.says("a", new ToCoordinator.SplitRequested(attempt(1, 1, 0, 0), 0, "host-a"));
        assertThat(it.effects)
                .containsExactly(new Effect.SplitRequest(JobGraphs.id(1), 1, 0, 0, 0, "host-a"));
        List<byte[]> splits = List.of(new byte[] {1});
        it.on(new Event.SplitsAssigned(JobGraphs.id(1), 1, 0, 0, 0, 4, splits, true));
        assertThat(it.effects)
                .containsExactly(
                        new Effect.Send(
                                "a",
                                new ToWorker.AssignSplits(
                                        EPOCH, attempt(1, 1, 0, 0), 0, 4, splits, true)));
        it.says("a", new ToCoordinator.ReaderEvent(attempt(1, 1, 0, 0), 0, new byte[0]));
        assertThat(it.kinds()).containsExactly(Effect.Kind.READER_EVENT);
        it.on(new Event.EnumeratorSpoke(JobGraphs.id(1), 1, 0, 0, 0, -1, new byte[0]));
        assertThat(it.sent(ToWorker.EnumeratorEvent.class)).hasSize(1);
    }

    @Test
    void commitsWhatWasPreparedOnceThatIsDurable() {
        runSingle();
        var prepared = prepared(1, 0, 7);
        it.finishes("a", attempt(1, 1, 0, 0), prepared);
        assertThat(it.kinds())
                .containsSubsequence(
                        Effect.Kind.STOP_ENUMERATORS, Effect.Kind.JOURNAL, Effect.Kind.COMMIT);
        assertThat(it.effects(Effect.Journal.class))
                .containsExactly(
                        new Effect.Journal(
                                new JournalEntry.CommitStarted(
                                        JobGraphs.id(1), List.of(prepared), 10, 20)));
        assertThat(it.effects(Effect.Commit.class))
                .containsExactly(new Effect.Commit(SINGLE, List.of(prepared), true));
        assertThat(it.job(1).state()).isEqualTo(JobState.COMMITTING);
    }

    @Test
    void theResultIsDurableBeforeAnybodyHearsOfIt() {
        runSingle();
        it.finishes("a", attempt(1, 1, 0, 0));
        it.nowMs = 5_000;
        it.on(new Event.CommitEnded(JobGraphs.id(1), null));
        var result =
                new JobResult(
                        JobGraphs.id(1), "job-1", Outcome.FINISHED, null, 5_000, 4_000, 10, 20);
        assertThat(it.effects.subList(0, 3))
                .containsExactly(
                        new Effect.Journal(new JournalEntry.JobEnded(result)),
                        new Effect.Send("a", new ToWorker.ReleaseJob(EPOCH, JobGraphs.id(1))),
                        new Effect.JobEnded(result));
        assertThat(it.job(1).state()).isEqualTo(JobState.FINISHED);
        assertThat(it.submit(SINGLE)).isEmpty();
    }

    @Test
    void aCommitIsTriedAgainAndThenGivenUp() {
        runSingle();
        it.finishes("a", attempt(1, 1, 0, 0), prepared(1, 0, 7));
        for (int tried = 1; tried < 3; tried++) {
            it.on(new Event.CommitEnded(JobGraphs.id(1), report(ErrorCode.STORAGE_FAILED)));
            assertThat(it.effects(Effect.SetTimer.class)).hasSize(1);
            it.fires(Purpose.COMMIT_RETRY, JobGraphs.id(1).hex(), tried);
            assertThat(it.kinds()).containsExactly(Effect.Kind.COMMIT);
        }
        it.on(new Event.CommitEnded(JobGraphs.id(1), report(ErrorCode.STORAGE_FAILED)));
        assertThat(it.job(1).state()).isEqualTo(JobState.FAILED);
        assertThat(it.job(1).failure().headline())
                .startsWith("COMMIT_FAILED: STORAGE_FAILED: it broke.");
        assertThat(it.job(1).exceptions()).hasSize(3);
    }

    @Test
    void cancelsAWaitingJobAtOnce() {
        it.submit(PIPELINE);
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "ann"));
        assertThat(it.ended(JobGraphs.id(1))).isTrue();
        assertThat(it.effects(Effect.WantWorkers.class)).containsExactly(new Effect.WantWorkers(0));
        assertThat(it.job(1).failure().headline()).contains("JOB_CANCELED", "ann");
    }

    @Test
    void cancelsARunningJobOnceItsTasksHaveEnded() {
        runSingle();
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "ann"));
        assertThat(it.sent(ToWorker.CancelTasks.class))
                .containsExactly(new ToWorker.CancelTasks(EPOCH, List.of(attempt(1, 1, 0, 0))));
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELLING);
        it.becomes("a", attempt(1, 1, 0, 0), TaskState.CANCELED);
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELED);
    }

    @Test
    void nothingIsCommittedIfAllTasksFinishAfterTheCancellation() {
        runSingle();
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "ann"));
        it.finishes("a", attempt(1, 1, 0, 0), prepared(1, 0, 7));
        assertThat(it.kinds()).doesNotContain(Effect.Kind.COMMIT);
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELED);
    }

    @Test
    void aCommittingJobIsNotCancelled() {
        runSingle();
        it.finishes("a", attempt(1, 1, 0, 0));
        assertThat(it.on(new Event.JobCancelRequested(JobGraphs.id(1), "ann"))).isEmpty();
        it.on(new Event.CommitEnded(JobGraphs.id(1), null));
        assertThat(it.job(1).state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void cancellingAStrangeJobDoesNothing() {
        assertThat(it.on(new Event.JobCancelRequested(JobGraphs.id(9), "ann"))).isEmpty();
    }

    @Test
    void workersThatDoNotComeFailTheJobWithNumbers() {
        it.submit(PIPELINE);
        it.registers("a", 2);
        it.fires(Purpose.WORKERS_WANTED, JobGraphs.id(1).hex(), 1);
        assertThat(it.job(1).failure().headline())
                .startsWith("RESOURCES_NOT_GRANTED")
                .contains("3 of 3 slots", "60000 ms", "1 workers with 2 slots");
    }

    @Test
    void workersThatEndAsSoonAsTheyStartFailTheJobSoon() {
        it.submit(PIPELINE);
        for (int worker = 1; worker <= 9; worker++) {
            it.gone("w-" + worker);
            it.gone("w-" + worker);
        }
        assertThat(it.job(1).state()).isEqualTo(JobState.WAITING_FOR_WORKERS);
        it.gone("w-10");
        assertThat(it.job(1).failure().headline())
                .startsWith("RESOURCES_NOT_GRANTED: 10 workers ended before they registered")
                .contains("exit code 137.");
    }

    @Test
    void aWorkerThatRegistersShowsThatWorkersCanStart() {
        it.submit(PIPELINE);
        for (int worker = 1; worker <= 30; worker++) {
            it.gone("w-" + worker);
            if (worker % 9 == 0) {
                it.registers("v-" + worker, 1);
                it.gone("v-" + worker);
                it.gone("v-" + worker);
            }
        }
        assertThat(it.job(1).state()).isEqualTo(JobState.WAITING_FOR_WORKERS);
        it.fires(Purpose.WORKERS_WANTED, JobGraphs.id(1).hex(), 1);
        assertThat(it.job(1).failure().summary()).contains("3 workers ended before");
    }

    @Test
    void aRefusalFailsTheJobsThatWait() {
        runSingle();
        it.submit(JobGraphs.job(2).vertex(5, SOURCE).build());
        it.on(new Event.WorkersRefused(report(ErrorCode.QUEUE_NOT_FOUND)));
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        assertThat(it.job(2).failure()).isEqualTo(report(ErrorCode.QUEUE_NOT_FOUND));
    }

    @Test
    void aBadRestartOptionFailsTheJobByItsName() {
        it.submit(JobGraphs.job(1).vertex(1, SOURCE).config("restart.attempts", "many").build());
        assertThat(it.job(1).state()).isEqualTo(JobState.FAILED);
        assertThat(it.job(1).failure().code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(it.job(1).failure().summary()).startsWith("option 'restart.attempts'");
    }

    @Test
    void aJobWithoutVerticesFinishes() {
        it.submit(JobGraphs.job(1).build());
        it.on(new Event.CommitEnded(JobGraphs.id(1), null));
        assertThat(it.job(1).state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void workersStayForTheNextJobAndGoAfterAWhile() {
        runSingle();
        it.finishes("a", attempt(1, 1, 0, 0));
        it.on(new Event.CommitEnded(JobGraphs.id(1), null));
        assertThat(it.coordinator.view().workers()).hasSize(1);
        it.submit(JobGraphs.job(2).vertex(1, SOURCE).build());
        assertThat(it.sent(ToWorker.DeployTasks.class)).hasSize(1);
        it.on(new Event.JobCancelRequested(JobGraphs.id(2), "ann"));
        it.becomes("a", attempt(2, 1, 0, 0), TaskState.CANCELED);
        it.nowMs += 3_000;
        it.fires(Purpose.WORKERS_IDLE, "", 1);
        assertThat(it.sent(ToWorker.Shutdown.class)).hasSize(1);
        assertThat(it.kinds()).contains(Effect.Kind.RELEASE_WORKER);
        assertThat(it.effects(Effect.WantWorkers.class)).containsExactly(new Effect.WantWorkers(0));
    }

    @Test
    void showsEveryPartOfAJob() {
        it.submit(PIPELINE);
        it.registers("a", 4);
        it.becomes("a", attempt(1, 1, 0, 0), TaskState.RUNNING);
        var job = it.job(1);
        assertThat(job.vertices()).hasSize(2);
        assertThat(job.vertices().get(0).tasks())
                .containsEntry(TaskState.RUNNING, 1)
                .containsEntry(TaskState.DEPLOYING, 2);
        assertThat(job.vertices().get(0).counters())
                .isEqualTo(new ClusterView.Counters(10, 20, 30, 40));
        assertThat(job.recordsIn()).isEqualTo(10);
        assertThat(job.recordsOut()).isZero();
        assertThat(job.edges()).containsExactly(new ClusterView.EdgeView(1, 2, REBALANCE));
        assertThat(it.subtask(1, 1, 0).host()).isEqualTo("host-a");
        assertThat(it.coordinator.view().workers())
                .containsExactly(new ClusterView.WorkerView("a", "host-a", 4, 1, null));
    }

    @Test
    void onlyTheLastHundredEndedJobsAreShownButAllAreKnown() {
        for (int job = 1; job <= 105; job++) {
            it.submit(JobGraphs.job(job).vertex(1, MAP).build());
            it.on(new Event.JobCancelRequested(JobGraphs.id(job), "ann"));
        }
        assertThat(it.coordinator.view().jobs()).hasSize(100);
        assertThat(it.submit(JobGraphs.job(1).vertex(1, MAP).build())).isEmpty();
    }
}
