package io.millrace.coordinator;

import static io.millrace.api.graph.OperatorSpec.Kind.SINK;
import static io.millrace.api.graph.OperatorSpec.Kind.SOURCE;
import static io.millrace.api.graph.Partitioning.Kind.REBALANCE;
import static io.millrace.coordinator.CoordinatorHarness.EPOCH;
import static io.millrace.coordinator.CoordinatorHarness.attempt;
import static io.millrace.coordinator.CoordinatorHarness.prepared;
import static io.millrace.coordinator.CoordinatorHarness.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks, workers and leaders that fail. */
class FailoverTest {
    /** A source on worker a or b, a sink on the other. */
    private static final JobGraph PIPELINE =
            JobGraphs.job(1)
                    .vertex(1, "left", SOURCE)
                    .vertex(1, "right", SINK)
                    .edge(1, 2, REBALANCE)
                    .build();

    private static final JobGraph TWO_REGIONS =
            JobGraphs.job(1)
                    .vertex(1, "left", SOURCE, SINK)
                    .vertex(1, "right", SOURCE, SINK)
                    .build();

    private final CoordinatorHarness it = new CoordinatorHarness();

    private void run(JobGraph graph) {
        it.submit(graph);
        it.registers("a", 1);
        it.registers("b", 1);
        it.becomes("a", attempt(1, 1, 0, 0), TaskState.RUNNING);
        it.becomes("b", attempt(1, 2, 0, 0), TaskState.RUNNING);
    }

    private void delayIsOver(int region, int attempt) {
        it.fires(Purpose.RESTART_DELAY, JobGraphs.id(1).hex() + "/" + region, attempt);
    }

    @Test
    void userCodeThatFailsFailsTheJobOnceTheOthersHaveEnded() {
        run(PIPELINE);
        it.fails("a", attempt(1, 1, 0, 0), ErrorCode.USER_CODE_FAILED);
        assertThat(it.sent(ToWorker.CancelTasks.class))
                .containsExactly(new ToWorker.CancelTasks(EPOCH, List.of(attempt(1, 2, 0, 0))));
        assertThat(it.ended(JobGraphs.id(1))).isFalse();
        it.becomes("b", attempt(1, 2, 0, 0), TaskState.CANCELED);
        assertThat(it.ended(JobGraphs.id(1))).isTrue();
        assertThat(it.job(1).failure()).isEqualTo(report(ErrorCode.USER_CODE_FAILED));
    }

    @Test
    void aLostWorkerRestartsTheRegionOnItsReplacement() {
        run(PIPELINE);
        it.gone("a");
        assertThat(it.effects)
                .contains(
                        new Effect.StopEnumerators(JobGraphs.id(1), 0),
                        new Effect.ReleaseWorker("a", "exit code 137."));
        assertThat(it.effects)
                .as("told again: a driver does not replace what it was told to release")
                .endsWith(new Effect.WantWorkers(2));
        assertThat(it.job(1).state()).isEqualTo(JobState.RESTARTING);
        it.becomes("b", attempt(1, 2, 0, 0), TaskState.CANCELED);
        delayIsOver(0, 0);
        assertThat(it.sent(ToWorker.DeployTasks.class)).isEmpty();
        it.registers("c", 1);
        assertThat(it.sent(ToWorker.DeployTasks.class))
                .flatExtracting(ToWorker.DeployTasks::tasks)
                .containsExactly(attempt(1, 1, 0, 1), attempt(1, 2, 0, 1));
        assertThat(it.effects).contains(new Effect.StartEnumerator(PIPELINE, 1, 0, 1));
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        assertThat(it.job(1).restarts()).isEqualTo(1);
        assertThat(it.job(1).exceptions().get(0).workerId()).isEqualTo("a");
    }

    @Test
    void theLossOfAWorkerThatIsNotReplacedInTimeFailsTheJob() {
        run(PIPELINE);
        it.gone("a");
        it.becomes("b", attempt(1, 2, 0, 0), TaskState.CANCELED);
        delayIsOver(0, 0);
        it.fires(Purpose.WORKERS_WANTED, JobGraphs.id(1).hex(), 2);
        assertThat(it.job(1).failure().code()).isEqualTo(ErrorCode.RESOURCES_NOT_GRANTED);
    }

    @Test
    void aRestartWaitsForTheDelayAndForTheOldAttempts() {
        run(PIPELINE);
        it.fails("a", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        delayIsOver(0, 0);
        assertThat(it.sent(ToWorker.DeployTasks.class)).isEmpty();
        it.becomes("b", attempt(1, 2, 0, 0), TaskState.CANCELED);
        assertThat(it.sent(ToWorker.DeployTasks.class)).hasSize(2);
    }

    @Test
    void onlyTheRegionThatFailedRestarts() {
        run(TWO_REGIONS);
        it.fails("a", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        assertThat(it.sent(ToWorker.CancelTasks.class)).isEmpty();
        assertThat(it.subtask(1, 2, 0).state()).isEqualTo(TaskState.RUNNING);
        delayIsOver(0, 0);
        assertThat(it.sent(ToWorker.DeployTasks.class))
                .flatExtracting(ToWorker.DeployTasks::tasks)
                .containsExactly(attempt(1, 1, 0, 1));
    }

    @Test
    void whatOldAttemptsHadPreparedIsDropped() {
        run(TWO_REGIONS);
        it.finishes("b", attempt(1, 2, 0, 0), prepared(2, 0, 5));
        it.fails("a", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        delayIsOver(0, 0);
        it.finishes("a", attempt(1, 1, 0, 0), prepared(1, 0, 6));
        assertThat(it.effects).isEmpty();
        it.finishes("a", attempt(1, 1, 0, 1), prepared(1, 0, 7));
        assertThat(it.effects(Effect.Commit.class).get(0).committables())
                .usingRecursiveComparison()
                .isEqualTo(List.of(prepared(1, 0, 7), prepared(2, 0, 5)));
    }

    @Test
    void aFinishedProducerWhoseOutputIsStillReadIsRunAgain() {
        run(PIPELINE);
        it.finishes("a", attempt(1, 1, 0, 0));
        it.gone("a");
        assertThat(it.job(1).state()).isEqualTo(JobState.RESTARTING);
        assertThat(it.sent(ToWorker.CancelTasks.class)).hasSize(1);
    }

    @Test
    void aFinishedSinkNeedsItsWorkerNoMore() {
        run(TWO_REGIONS);
        it.finishes("b", attempt(1, 2, 0, 0), prepared(2, 0, 5));
        it.gone("b");
        assertThat(it.job(1).state()).isEqualTo(JobState.RUNNING);
        it.finishes("a", attempt(1, 1, 0, 0), prepared(1, 0, 7));
        assertThat(it.effects(Effect.Commit.class).get(0).committables()).hasSize(2);
    }

    @Test
    void aRootCauseThatComesSecondEndsTheRestart() {
        run(PIPELINE);
        it.fails("b", attempt(1, 2, 0, 0), ErrorCode.EXCHANGE_FAILED);
        assertThat(it.job(1).state()).isEqualTo(JobState.RESTARTING);
        it.fails("a", attempt(1, 1, 0, 0), ErrorCode.USER_CODE_FAILED);
        assertThat(it.job(1).state()).isEqualTo(JobState.FAILED);
        assertThat(it.job(1).failure().code()).isEqualTo(ErrorCode.USER_CODE_FAILED);
        assertThat(it.job(1).exceptions()).hasSize(2);
    }

    @Test
    void restartsHaveALimit() {
        run(TWO_REGIONS);
        for (int attempt = 0; attempt < 2; attempt++) {
            it.fails("a", attempt(1, 1, 0, attempt), ErrorCode.EXCHANGE_FAILED);
            delayIsOver(0, attempt);
        }
        it.fails("a", attempt(1, 1, 0, 2), ErrorCode.EXCHANGE_FAILED);
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELLING);
        it.becomes("b", attempt(1, 2, 0, 0), TaskState.CANCELED);
        assertThat(it.job(1).failure().headline())
                .startsWith("RESTARTS_EXHAUSTED: EXCHANGE_FAILED: it broke.");
    }

    @Test
    void anUnboundedJobFailsRatherThanStartingEmpty() {
        it.submit(JobGraphs.job(1).vertex(1, SOURCE).unbounded().build());
        it.registers("a", 1);
        it.gone("a");
        assertThat(it.job(1).failure().headline())
                .startsWith("NO_CHECKPOINT_TO_RESTORE: WORKER_LOST: Worker a on host-a was lost");
    }

    @Test
    void anEnumeratorThatThrowsRestartsItsRegion() {
        run(PIPELINE);
        var failed =
                new Event.EnumeratorFailed(JobGraphs.id(1), 1, 0, report(ErrorCode.STORAGE_FAILED));
        it.on(failed);
        assertThat(it.sent(ToWorker.CancelTasks.class)).hasSize(2);
        assertThat(it.on(failed)).isEmpty();
        assertThat(it.job(1).restarts()).isEqualTo(1);
    }

    @Test
    void aTaskThatDoesNotEndCostsItsWorker() {
        run(PIPELINE);
        it.fails("a", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        it.fires(Purpose.CANCEL_DEADLINE, JobGraphs.id(1).hex() + "/0", 0);
        assertThat(it.effects(Effect.ReleaseWorker.class))
                .singleElement()
                .satisfies(
                        release -> {
                            assertThat(release.workerId()).isEqualTo("b");
                            assertThat(release.reason()).contains("8000 ms", "cancel-timeout");
                        });
        delayIsOver(0, 0);
        it.registers("c", 1);
        assertThat(it.sent(ToWorker.DeployTasks.class)).hasSize(2);
    }

    @Test
    void cancelsWhileRestarting() {
        run(PIPELINE);
        it.fails("a", attempt(1, 1, 0, 0), ErrorCode.EXCHANGE_FAILED);
        it.on(new Event.JobCancelRequested(JobGraphs.id(1), "ann"));
        it.becomes("b", attempt(1, 2, 0, 0), TaskState.CANCELED);
        assertThat(it.job(1).state()).isEqualTo(JobState.CANCELED);
        delayIsOver(0, 0);
        assertThat(it.effects).isEmpty();
    }

    @Test
    void theFailuresShownAreTheLastOnes() {
        it.submit(JobGraphs.job(1).vertex(1, SOURCE).config("restart.attempts", "1000").build());
        it.registers("a", 1);
        for (int attempt = 0; attempt < 40; attempt++) {
            it.nowMs = attempt;
            it.fails("a", attempt(1, 1, 0, attempt), ErrorCode.EXCHANGE_FAILED);
            delayIsOver(0, attempt);
        }
        assertThat(it.job(1).exceptions()).hasSize(32);
        assertThat(it.job(1).exceptions().get(0).atMs()).isEqualTo(8);
    }

    // ---- workers

    @Test
    void aHeartbeatIsAnsweredAndCounted() {
        run(TWO_REGIONS);
        var progress = new TaskProgress(attempt(1, 1, 0, 0), TaskState.RUNNING, 77, 0, 0, 0, 0, 0);
        it.says("a", new ToCoordinator.Heartbeat("a", 9, List.of(progress)));
        assertThat(it.effects)
                .containsExactly(new Effect.Send("a", new ToWorker.HeartbeatAck(EPOCH, 9)));
        assertThat(it.subtask(1, 1, 0).counters().recordsIn()).isEqualTo(77);
    }

    @Test
    void aStrangerIsRejected() {
        it.says("x", new ToCoordinator.Heartbeat("x", 1, List.of()));
        assertThat(it.sent(ToWorker.Rejected.class)).hasSize(1);
    }

    @Test
    void aWorkerThatComesBackIsRejectedAndEnded() {
        run(PIPELINE);
        it.gone("a");
        it.says(
                "a",
                new ToCoordinator.RegisterWorker(
                        new WorkerAddress("a", "host-a", 1), 1, 1, 1, EPOCH));
        assertThat(it.sent(ToWorker.Rejected.class)).hasSize(1);
        assertThat(it.kinds()).contains(Effect.Kind.RELEASE_WORKER);
    }

    @Test
    void aWorkerThatRegistersTwiceIsGivenUp() {
        run(TWO_REGIONS);
        it.registers("a", 1);
        assertThat(it.sent(ToWorker.Rejected.class)).hasSize(1);
        assertThat(it.job(1).state()).isEqualTo(JobState.RESTARTING);
    }

    @Test
    void aSilentWorkerIsLost() {
        run(TWO_REGIONS);
        it.nowMs += 5_000;
        it.says("b", new ToCoordinator.Heartbeat("b", 1, List.of()));
        it.fires(Purpose.WORKER_HEARTBEAT, "a", 0);
        assertThat(it.job(1).exceptions().get(0).failure().headline())
                .startsWith("WORKER_LOST: Worker a on host-a was lost: nothing heard")
                .contains("5000 ms");
        it.fires(Purpose.WORKER_HEARTBEAT, "b", 0);
        assertThat(it.effects)
                .containsExactly(
                        new Effect.SetTimer(new TimerId(Purpose.WORKER_HEARTBEAT, "b", 0), 5_000));
    }

    @Test
    void aWorkerIsLostOnce() {
        run(TWO_REGIONS);
        it.gone("a");
        assertThat(it.gone("a")).isEmpty();
        assertThat(it.gone("stranger")).isEmpty();
        assertThat(it.job(1).restarts()).isEqualTo(1);
    }

    @Test
    void wordsForAStrangeJobOrTaskAreIgnored() {
        run(TWO_REGIONS);
        assertThat(it.becomes("a", attempt(9, 1, 0, 0), TaskState.RUNNING)).isEmpty();
        assertThat(it.becomes("a", attempt(1, 9, 0, 0), TaskState.FINISHED)).isEmpty();
        assertThat(it.becomes("a", attempt(1, 1, 9, 0), TaskState.FINISHED)).isEmpty();
        assertThat(it.becomes("b", attempt(1, 1, 0, 0), TaskState.FINISHED)).isEmpty();
        assertThat(it.on(new Event.CommitEnded(JobGraphs.id(1), null))).isEmpty();
        assertThat(it.on(new Event.SplitsAssigned(JobGraphs.id(1), 1, 0, 8, 0, 1, List.of(), true)))
                .isEmpty();
    }

    // ---- a new leader

    private static JournalEntry.JobAccepted accepted(JobGraph graph) {
        return new JournalEntry.JobAccepted(graph, 10);
    }

    @Test
    void anEndedJobStaysEnded() {
        var result =
                new JobResult(JobGraphs.id(1), "job-1", Outcome.FINISHED, null, 900, 800, 1, 2);
        var journal =
                List.<JournalEntry>of(
                        accepted(PIPELINE),
                        new JournalEntry.CommitStarted(JobGraphs.id(1), List.of(), 1, 2),
                        new JournalEntry.JobEnded(result));
        assertThat(it.coordinator.recover(journal, it.nowMs)).isEmpty();
        assertThat(it.job(1).result()).isEqualTo(result);
        assertThat(it.job(1).startedAtMs()).isEqualTo(100);
        assertThat(it.submit(PIPELINE)).isEmpty();
    }

    @Test
    void aJobThatCommittedCommitsAgainAndNeverRuns() {
        var prepared = List.of(prepared(2, 0, 7));
        var journal =
                List.<JournalEntry>of(
                        accepted(PIPELINE),
                        new JournalEntry.CommitStarted(JobGraphs.id(1), prepared, 1, 2));
        assertThat(it.coordinator.recover(journal, it.nowMs))
                .containsExactly(new Effect.Commit(PIPELINE, prepared, true));
        assertThat(it.submit(PIPELINE)).isEmpty();
        it.on(new Event.CommitEnded(JobGraphs.id(1), null));
        var result = it.effects(Effect.JobEnded.class).get(0).result();
        assertThat(result.outcome()).isEqualTo(Outcome.FINISHED);
        assertThat(result.durationMs()).isEqualTo(it.nowMs - 10);
        assertThat(result.recordsIn()).isEqualTo(1);
    }

    @Test
    void aJobThatWasOnlyAcceptedRunsIfItIsSubmittedAgain() {
        assertThat(it.coordinator.recover(List.of(accepted(PIPELINE)), it.nowMs)).isEmpty();
        assertThat(it.coordinator.view().jobs()).isEmpty();
        it.submit(PIPELINE);
        assertThat(it.job(1).state()).isEqualTo(JobState.WAITING_FOR_WORKERS);
    }

    @Test
    void aJournalWithAHoleIsAnError() {
        var journal =
                List.<JournalEntry>of(
                        new JournalEntry.CommitStarted(JobGraphs.id(1), List.of(), 1, 2));
        assertThatThrownBy(() -> it.coordinator.recover(journal, it.nowMs))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(JobGraphs.id(1).hex());
    }

    @Test
    void theWorkersOfAnEarlierLeaderAreRejected() {
        it.says(
                "a",
                new ToCoordinator.RegisterWorker(
                        new WorkerAddress("a", "host-a", 1), 1, 1, 1, EPOCH - 1));
        assertThat(it.sent(ToWorker.Rejected.class).get(0).reason()).contains("epoch 2");
    }

    @Test
    void theEndOfRejectedWorkersIsNoReasonToDespair() {
        it.submit(PIPELINE);
        for (int worker = 1; worker <= 30; worker++) {
            String id = "old-" + worker;
            it.says(
                    id,
                    new ToCoordinator.RegisterWorker(
                            new WorkerAddress(id, "host", 1), 1, 1, 1, EPOCH - 1));
            it.gone(id);
        }
        assertThat(it.job(1).state()).isEqualTo(JobState.WAITING_FOR_WORKERS);
    }
}
