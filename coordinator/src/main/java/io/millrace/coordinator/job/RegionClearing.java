package io.millrace.coordinator.job;

import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.enumerate.Enumerators;
import io.millrace.runtime.message.TaskState;
import java.util.List;

/**
 * Ends what runs of regions, so that they can begin anew or the job can end. Confined to the
 * coordinator's thread.
 *
 * <p>An attempt that does not end in time loses its worker: what may still run could do harm.
 */
final class RegionClearing {
    private final JobStatus status;
    private final JobRegions regions;
    private final Enumerators enumerators;
    private final Deployment deployment;
    private final JobTimers timers;
    private final long cancelTimeoutMs;

    /**
     * @param cancelTimeoutMs how long an attempt may take to end
     */
    RegionClearing(
            JobStatus status,
            JobRegions regions,
            Enumerators enumerators,
            Deployment deployment,
            JobTimers timers,
            long cancelTimeoutMs) {
        this.status = status;
        this.regions = regions;
        this.enumerators = enumerators;
        this.deployment = deployment;
        this.timers = timers;
        this.cancelTimeoutMs = cancelTimeoutMs;
    }

    /** The region may begin anew as soon as nothing of it runs. */
    void clear(Region region, Turn turn) {
        clear(region, false, turn);
    }

    /** The same, and not before a pause is over, if there is one. */
    void restartAfter(Region region, long delayMs, Turn turn) {
        clear(region, delayMs > 0, turn);
        if (delayMs > 0) {
            turn.add(timers.set(Purpose.RESTART_DELAY, region, delayMs));
        }
    }

    private void clear(Region region, boolean restartLater, Turn turn) {
        if (!region.isOneSubtask() || !status.wantsTasks()) {
            turn.addAll(enumerators.stop(region.vertexIds()));
        }
        List<SubtaskRun> cancelled = region.clear(restartLater);
        turn.addAll(deployment.cancel(cancelled));
        awaitEnd(region, cancelled, turn);
    }

    private void awaitEnd(Region region, List<SubtaskRun> runs, Turn turn) {
        if (!runs.isEmpty()) {
            turn.add(timers.set(Purpose.CANCEL_DEADLINE, region, cancelTimeoutMs));
        }
    }

    /** All that run, to begin anew together. */
    void clearRunning(Turn turn) {
        for (Region region : regions.notFinished()) {
            if (region.phase() == Region.Phase.RUNNING) {
                clear(region, turn);
            }
        }
    }

    /** The job ends: nothing begins anew. */
    void clearForGood(Turn turn) {
        for (Region region : regions.notFinished()) {
            if (region.phase() == Region.Phase.CLEARING) {
                turn.add(timers.cancel(Purpose.RESTART_DELAY, region));
            } else {
                clear(region, turn);
            }
        }
    }

    /** The job ends with a savepoint, of which its tasks hear before they end. */
    void stopAll(long checkpointId, Turn turn) {
        for (Region region : regions.notFinished()) {
            turn.addAll(enumerators.stop(region.vertexIds()));
            List<SubtaskRun> stopped = region.clear(false);
            turn.addAll(deployment.stop(stopped, checkpointId));
            awaitEnd(region, stopped, turn);
        }
    }

    /** Nothing of a region that is being cleared runs any more. */
    void onCleared(Region region, Turn turn) {
        turn.add(timers.cancel(Purpose.CANCEL_DEADLINE, region));
    }

    void onRestartDelayOver(TimerId timer) {
        Region region = regions.get(JobTimers.regionOf(timer));
        if (status.wantsTasks() && timer.generation() == region.attempt()) {
            status.changed();
            region.delayIsOver();
            region.waitForSlotsIfCleared();
        }
    }

    void onDeadline(TimerId timer, Turn turn) {
        Region region = regions.get(JobTimers.regionOf(timer));
        if (timer.generation() == region.attempt()) {
            for (SubtaskRun run : region.liveRuns()) {
                if (run.state() != TaskState.CANCELING) {
                    continue;
                }
                String reason = JobFailures.stuck(run, regions.graph().name(), cancelTimeoutMs);
                turn.giveUp(run.workerId(), reason);
            }
        }
    }
}
