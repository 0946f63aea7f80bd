package io.millrace.coordinator.job;

import io.millrace.coordinator.checkpoint.CheckpointCoordinator;
import io.millrace.coordinator.checkpoint.Restores;
import java.util.List;

/**
 * Starts regions that have their slots: numbers their attempts, tells their workers, and starts the
 * enumerators of their sources. Confined to the coordinator's thread.
 */
final class Launch {
    private final JobStatus status;
    private final JobRegions regions;
    private final JobSlots slots;
    private final Deployment deployment;
    private final StageMaster stages;
    private final SecondAttempts seconds;
    private final ReaderTraffic readers;
    private final CheckpointCoordinator checkpoints;

    Launch(
            JobStatus status,
            JobRegions regions,
            JobSlots slots,
            Deployment deployment,
            StageMaster stages,
            SecondAttempts seconds,
            ReaderTraffic readers,
            CheckpointCoordinator checkpoints) {
        this.status = status;
        this.regions = regions;
        this.slots = slots;
        this.deployment = deployment;
        this.stages = stages;
        this.seconds = seconds;
        this.readers = readers;
        this.checkpoints = checkpoints;
    }

    /**
     * @param restores what their subtasks begin with
     */
    void start(List<Region> ready, Restores restores, Turn turn) {
        turn.addAll(stages.reserveAttempts(ready));
        ready.forEach(region -> slots.deploy(region, turn.nowMs()));
        seconds.look(turn);
        turn.addAll(deployment.of(ready, restores, stages::inputsOf));
        for (Region region : ready) {
            turn.addAll(stages.startEnumerators(region, checkpoints::position));
            turn.addAll(readers.replay(region));
        }
        if (!status.is(JobState.RUNNING) && isUnderWay()) {
            status.become(JobState.RUNNING);
        }
        status.changed();
        turn.addAll(checkpoints.onTasksStarted(turn.nowMs()));
    }

    private boolean isUnderWay() {
        return stages.exist() ? regions.noneIsCleared() : regions.allDeployed();
    }

    /** Starts second attempts of slow subtasks, as far as there are slots. */
    void startSecondAttempts(Turn turn) {
        if (seconds.deploy(stages, deployment, turn)) {
            status.changed();
        }
    }
}
