package io.millrace.coordinator.job;

import io.millrace.coordinator.checkpoint.AwaitedCheckpoint;
import io.millrace.coordinator.checkpoint.CheckpointCoordinator;
import io.millrace.coordinator.operation.Operation;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobGraph;

/**
 * Carries out a change of a job's parallelism: takes the steps between which {@link Rescaling}
 * keeps how far it has come. Confined to the coordinator's thread.
 */
final class RescaleMove {
    private final Rescaling rescaling;
    private final JobStatus status;
    private final JobRegions regions;
    private final JobHoldings holdings;
    private final CheckpointCoordinator checkpoints;
    private final RegionClearing clearing;
    private final RegionEnds ends;

    RescaleMove(
            JobStatus status,
            JobRegions regions,
            JobHoldings holdings,
            CheckpointCoordinator checkpoints,
            RegionClearing clearing,
            RegionEnds ends) {
        this.rescaling = holdings.rescaling();
        this.status = status;
        this.regions = regions;
        this.holdings = holdings;
        this.checkpoints = checkpoints;
        this.clearing = clearing;
        this.ends = ends;
    }

    /** Somebody asks for it; it is in the ledger. */
    void request(Operation asked, Turn turn) {
        turn.addAll(rescaling.request(asked, holdings.slots().count(), whyNot()));
    }

    /**
     * Why it will not be done, as far as that can be seen before anything is; null if it may be.
     */
    FailureReport refusal(Operation asked) {
        return rescaling.refusal(asked, whyNot());
    }

    /** Null if the job can be rescaled now. */
    private String whyNot() {
        JobGraph graph = regions.graph();
        String whyNot =
                Rescaling.whyNot(status.state(), graph.mode(), checkpoints.policy().isEnabled());
        return whyNot == null && checkpoints.areOver()
                ? JobFailures.noMoreCheckpoints().summary()
                : whyNot;
    }

    /**
     * What it needs is there before anything is changed: takes the slots that it waits for, if it
     * does and they are there.
     *
     * @return whether a checkpoint may have begun for it
     */
    boolean seekSlots(Turn turn) {
        if (!rescaling.seeksSlots()) {
            return false;
        }
        if (rescaling.fillSlots()) {
            turn.addAll(holdings.waitNoMore());
            turn.addAll(checkpoints.await(turn.nowMs()));
            return true;
        }
        turn.addAll(holdings.workerWait().begin());
        return false;
    }

    /** The checkpoint is there from which the job goes on at another parallelism, or is not. */
    void afterCheckpoint(Turn turn) {
        AwaitedCheckpoint awaited = checkpoints.takeAwaited();
        if (awaited == null || !rescaling.awaitsCheckpoint()) {
            return;
        }
        FailureReport failure = awaited.failure();
        if (failure == null) {
            failure = checkpoints.misfit(rescaling.next().graph());
        }
        if (failure != null || !status.is(JobState.RUNNING)) {
            FailureReport why = failure == null ? JobFailures.notRunning(status.state()) : failure;
            abandon(why, turn);
            return;
        }
        turn.addAll(rescaling.decide());
        moveAway(
                JobFailures.rescaled(regions.graph().name(), rescaling.next().parallelism()), turn);
    }

    /** All tasks end, and the job at its next parallelism begins with what checkpoints have. */
    private void moveAway(FailureReport why, Turn turn) {
        if (status.is(JobState.RUNNING)) {
            status.become(JobState.RESTARTING);
        }
        turn.addAll(holdings.waitNoMore());
        clearing.clearRunning(turn);
        turn.addAll(checkpoints.onTasksBroken(why, turn.nowMs()));
        ends.onRunsEnded(regions.notFinished(), turn);
    }

    /** A task of the job has changed: it may have come to run, or to an end before it moves. */
    void onTaskChanged(Turn turn) {
        if (rescaling.awaitsCheckpoint() && checkpoints.areOver()) {
            abandon(JobFailures.noMoreCheckpoints(), turn);
        }
        if (rescaling.isTrial() && status.is(JobState.RUNNING) && regions.allRun()) {
            turn.addAll(rescaling.holds(checkpoints.latestId(), turn.nowMs()));
        }
    }

    /** Something has come in between: nothing is changed, unless that is decided already. */
    void abandon(FailureReport why, Turn turn) {
        turn.addAll(rescaling.abandon(why, turn.nowMs()));
    }

    /**
     * The slots that it waits for will not come.
     *
     * @return false if it waits for none
     */
    boolean abandonSeeking(FailureReport why, Turn turn) {
        if (!rescaling.seeksSlots()) {
            return false;
        }
        turn.addAll(holdings.waitNoMore());
        abandon(why, turn);
        return true;
    }

    /** It has not come to run at its new parallelism. Returns false if that is not tried. */
    boolean goBack(FailureReport failure, Turn turn) {
        if (!rescaling.isTrial() || !status.wantsTasks()) {
            return false;
        }
        turn.addAll(rescaling.goBack(failure));
        moveAway(failure, turn);
        return true;
    }

    /** Whether the last task has ended of a job that begins anew at another parallelism. */
    boolean isThrough() {
        return rescaling.isMoving()
                && status.wantsTasks()
                && regions.allEnded()
                && checkpoints.mayDeploy();
    }
}
