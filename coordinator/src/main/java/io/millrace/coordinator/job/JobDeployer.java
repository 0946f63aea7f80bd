package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.checkpoint.CheckpointCoordinator;
import io.millrace.coordinator.checkpoint.Restores;
import java.util.List;

/**
 * Decides when the regions of one job start, and gets the slots that they need: of a job without
 * stages all that wait, together; of one with stages those that have what they read. Confined to
 * the coordinator's thread.
 */
final class JobDeployer {
    private final JobStatus status;
    private final JobRegions regions;
    private final JobSlots slots;
    private final WorkerWait wait;
    private final StageMaster stages;
    private final CheckpointCoordinator checkpoints;
    private final Launch launch;
    private final FinalCommit commit;
    private final RegionEnds ends;
    private final JobFailover failover;

    JobDeployer(
            JobStatus status,
            JobRegions regions,
            JobHoldings holdings,
            StageMaster stages,
            CheckpointCoordinator checkpoints,
            Launch launch,
            JobCourse course) {
        this.status = status;
        this.regions = regions;
        this.slots = holdings.slots();
        this.wait = holdings.workerWait();
        this.stages = stages;
        this.checkpoints = checkpoints;
        this.launch = launch;
        this.commit = course.commit();
        this.ends = course.ends();
        this.failover = course.failover();
    }

    /** Of a job without stages: all regions that wait, if there are slots for all of them. */
    void deployAll(Turn turn) {
        List<Region> ready = regions.in(Region.Phase.WAITING);
        if (ready.isEmpty() && !status.is(JobState.WAITING_FOR_WORKERS)) {
            return;
        }
        slots.vacateBlocked(regions, turn.nowMs());
        if (!slots.fill(ready)) {
            turn.addAll(wait.begin());
            return;
        }
        turn.addAll(wait.end());
        if (checkpoints.mayDeploy()) {
            start(ready, turn);
        }
    }

    /** Of a job of stages: the regions that have what they read, as far as there are slots. */
    void deployStages(Turn turn) {
        if (status.is(JobState.WAITING_FOR_WORKERS) && regions.allFinished()) { // already before
            status.become(JobState.RUNNING);
            commit.beginIfFinished(turn);
            return;
        }
        ends.beginAnew(stages.lost(), turn);
        if (stages.decide()) {
            status.changed();
            stages.adaptive().takeWarnings().forEach(text -> turn.add(new Effect.Warn(text)));
        }
        List<Region> ready = stages.startable();
        List<Region> placed = slots.fillSome(ready, stages::nearestTo);
        if (!placed.isEmpty()) {
            turn.addAll(wait.end());
            start(placed, turn);
        } else if (!ready.isEmpty() && regions.allEnded()) {
            turn.addAll(wait.begin());
        }
        launch.startSecondAttempts(turn);
    }

    private void start(List<Region> ready, Turn turn) {
        Restores restores;
        try {
            restores =
                    checkpoints.restores(
                            ready.stream()
                                    .flatMap(region -> region.vertexIds().stream())
                                    .distinct()
                                    .toList());
        } catch (MillraceException e) {
            failover.fail(JobFailures.of(e), Advice.FAIL, turn);
            return;
        }
        launch.start(ready, restores, turn);
        commit.beginIfFinished(turn);
    }
}
