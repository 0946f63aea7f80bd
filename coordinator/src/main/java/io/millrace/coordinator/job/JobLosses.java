package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.checkpoint.CheckpointCoordinator;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import java.util.List;

/**
 * Finds out what a failure of one job breaks, and notes it: an attempt that failed, a worker, a
 * result of an earlier stage or an enumerator that was lost. What is done about the regions that
 * ran is {@link JobFailover}'s. Confined to the coordinator's thread.
 */
final class JobLosses {
    private final JobStatus status;
    private final JobRegions regions;
    private final FailureLog failures;
    private final StageMaster stages;
    private final SecondAttempts seconds;
    private final CheckpointCoordinator checkpoints;
    private final FinalCommit commit;
    private final RegionClearing clearing;
    private final RegionEnds ends;
    private final JobFailover failover;

    JobLosses(
            JobStatus status,
            JobRegions regions,
            FailureLog failures,
            StageMaster stages,
            SecondAttempts seconds,
            CheckpointCoordinator checkpoints,
            RegionClearing clearing,
            JobCourse course) {
        this.status = status;
        this.regions = regions;
        this.failures = failures;
        this.stages = stages;
        this.seconds = seconds;
        this.checkpoints = checkpoints;
        this.commit = course.commit();
        this.clearing = clearing;
        this.ends = course.ends();
        this.failover = course.failover();
    }

    /** An attempt has failed, by itself or because it was cancelled although nobody asked. */
    void onRunFailed(Region region, SubtaskRun run, FailureReport failure, Turn turn) {
        failures.add(turn.nowMs(), failure, run.id().toString(), run.workerId());
        if (failure.code() == ErrorCode.CHECKPOINT_FILE_CORRUPT) {
            FailureReport fallback = checkpoints.onCorrupt(run.id().vertexId(), failure);
            if (fallback != null) {
                failures.add(turn.nowMs(), fallback, "checkpoints", null);
            }
        }
        JobFailures.troubleOf(run, failure).ifPresent(turn::blame);
        if (region.phase() == Region.Phase.RUNNING) {
            boolean current = region.current(run.id().vertexId(), run.id().subtask()) == run;
            if (current && failover.isFinal(failure) || !region.carriesOn()) {
                failover.onRegionsFailed(List.of(region), failure, turn);
            }
        } else if (commit.isStop()) {
            commit.unheard(run.id());
        } else if (failover.isFinal(failure)) {
            failover.onRootCauseFound(failure, turn);
        }
        ends.onRunEnded(region, turn);
    }

    /**
     * A subtask could not read what an earlier stage wrote: its writer runs again. That is not the
     * reader's failure, and no restart, unless it happens to the same writer again and again.
     */
    void onResultLost(Region region, SubtaskRun run, ToCoordinator.TaskChanged change, Turn turn) {
        StageMaster.Loss loss = stages.onResultLost(change.lost());
        if (loss != StageMaster.Loss.KNOWN) {
            failures.add(turn.nowMs(), change.failure(), run.id().toString(), run.workerId());
        }
        if (loss == StageMaster.Loss.ONCE_TOO_OFTEN) {
            failover.fail(change.failure(), Advice.FAIL, turn);
        } else if (region.phase() == Region.Phase.RUNNING) {
            clearing.clear(region, turn);
        }
        ends.onRunEnded(region, turn);
    }

    /** A worker has left the pool on which attempts of the job may have run. */
    void onWorkerLost(String workerId, FailureReport failure, Turn turn) {
        stages.onWorkerLost(workerId);
        List<Region> broken = regions.brokenBy(workerId);
        if (broken.isEmpty()) {
            turn.addAll(checkpoints.onWorkerLost(workerId, failure, turn.nowMs()));
            return;
        }
        status.changed();
        failures.add(turn.nowMs(), failure, null, workerId);
        for (Region region : broken) {
            for (SubtaskRun run : region.liveOn(workerId)) {
                region.move(run, TaskState.FAILED);
                commit.unheard(run.id());
                if (region.phase() == Region.Phase.FINISHED) {
                    ends.onOvertakenEnded(region, run, turn);
                } else {
                    seconds.onEnded(region, run, turn);
                }
            }
        }
        List<Region> ran =
                broken.stream()
                        .filter(region -> region.phase() == Region.Phase.RUNNING)
                        .filter(region -> !region.carriesOn())
                        .toList();
        if (!ran.isEmpty()) {
            failover.onRegionsFailed(ran, failure, turn);
        }
        broken.stream()
                .filter(region -> region.phase() != Region.Phase.FINISHED)
                .forEach(region -> ends.onRunEnded(region, turn));
    }

    /** The enumerator that runs for a source: its subtasks begin with the first split again. */
    void onEnumeratorLost(Event.EnumeratorFailed failed, Turn turn) {
        status.changed();
        String source = "enumerator of " + regions.graph().vertex(failed.vertexId()).name();
        failures.add(turn.nowMs(), failed.failure(), source, null);
        List<Region> all = regions.of(failed.vertexId());
        turn.addAll(stages.forgetSplits(failed.vertexId()));
        List<Region> ran = all.stream().filter(r -> r.phase() == Region.Phase.RUNNING).toList();
        failover.onRegionsFailed(ran, failed.failure(), turn);
        if (status.wantsTasks()) {
            ends.beginAnew(stages.withReaders(all), turn);
        }
        ends.onRunsEnded(all, turn);
    }

    /** The job lacks slots, and no more will come. */
    void onWorkersMissing(FailureReport failure, Turn turn) {
        failures.add(turn.nowMs(), failure, null, null);
        failover.fail(failure, failure.code().advice(), turn);
    }
}
