package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.coordinator.checkpoint.CheckpointCoordinator;
import io.millrace.coordinator.failover.FailoverDecision;
import io.millrace.runtime.message.FailureReport;
import java.util.List;

/**
 * Carries out what is decided about failures of one job: it goes back to the parallelism that it
 * had, restarts regions, or fails. Confined to the coordinator's thread.
 */
final class JobFailover {
    private final JobStatus status;
    private final JobRegions regions;
    private final JobRestarts restarts;
    private final CheckpointCoordinator checkpoints;
    private final RescaleMove rescale;
    private final RegionClearing clearing;
    private final JobEnding ending;

    JobFailover(
            JobStatus status,
            JobRegions regions,
            JobRestarts restarts,
            CheckpointCoordinator checkpoints,
            RescaleMove rescale,
            RegionClearing clearing,
            JobEnding ending) {
        this.status = status;
        this.regions = regions;
        this.restarts = restarts;
        this.checkpoints = checkpoints;
        this.rescale = rescale;
        this.clearing = clearing;
        this.ending = ending;
    }

    /** Whether the job ends with this failure, whatever its strategy says. */
    boolean isFinal(FailureReport failure) {
        return restarts.isFinal(failure);
    }

    /** The job cannot go on as it is. */
    void fail(FailureReport failure, Advice rootAdvice, Turn turn) {
        if (!rescale.goBack(failure, turn)) {
            ending.begin(new Ending(Outcome.FAILED, failure, rootAdvice), turn);
        }
    }

    /** One event broke these regions, which ran: that counts as one restart. */
    void onRegionsFailed(List<Region> broken, FailureReport failure, Turn turn) {
        if (rescale.goBack(failure, turn)) {
            return;
        }
        rescale.abandon(failure, turn);
        boolean canGoBack = regions.graph().bounded() || checkpoints.canRestart();
        FailoverDecision decision = restarts.decide(failure, canGoBack, broken, turn.nowMs());
        if (decision instanceof FailoverDecision.Fail fail) {
            fail(fail.failure(), failure.code().advice(), turn);
        } else if (decision instanceof FailoverDecision.Restart restart) {
            if (status.is(JobState.RUNNING)) {
                status.become(JobState.RESTARTING);
            }
            broken.forEach(region -> clearing.restartAfter(region, restart.delayMs(), turn));
            turn.addAll(checkpoints.onTasksBroken(failure, turn.nowMs()));
        }
    }

    /**
     * While a region is cleared, one of its tasks reports that the program itself is at fault: what
     * had been seen first was a consequence of it, such as a broken exchange.
     */
    void onRootCauseFound(FailureReport failure, Turn turn) {
        if (status.wantsTasks()) {
            fail(failure, Advice.FAIL, turn);
        } else {
            ending.onRootCause(failure);
        }
    }
}
