package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.checkpoint.CheckpointCoordinator;
import io.millrace.coordinator.checkpoint.Savepoints;
import io.millrace.coordinator.operation.Operation;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.ToCoordinator;
import java.util.List;

/**
 * What is heard of one job's checkpoints and savepoints, and what follows from it for the job: it
 * may have to end, restart or begin anew at another parallelism, or may end at last. Confined to
 * the coordinator's thread.
 */
public final class CheckpointNews {
    private static final String SUBJECT = "checkpoints";

    private final JobStatus status;
    private final JobRegions regions;
    private final FailureLog failures;
    private final CheckpointCoordinator checkpoints;
    private final RescaleMove rescale;
    private final FinalCommit commit;
    private final RegionEnds ends;
    private final JobFailover failover;
    private final JobEnding ending;

    CheckpointNews(
            JobStatus status,
            JobRegions regions,
            FailureLog failures,
            CheckpointCoordinator checkpoints,
            RescaleMove rescale,
            JobEnding ending,
            JobCourse course) {
        this.status = status;
        this.regions = regions;
        this.failures = failures;
        this.checkpoints = checkpoints;
        this.rescale = rescale;
        this.commit = course.commit();
        this.ends = course.ends();
        this.failover = course.failover();
        this.ending = ending;
    }

    // ---- what is heard

    /** A worker has what its tasks wrote for one. */
    public void onAcknowledged(
            String workerId, ToCoordinator.CheckpointAcked acknowledged, Turn turn) {
        turn.addAll(checkpoints.onAcknowledged(workerId, acknowledged, turn.nowMs()));
        consequences(turn);
    }

    /** A worker could not take part in one. */
    public void onDeclined(ToCoordinator.CheckpointDeclined declined, Turn turn) {
        turn.addAll(checkpoints.onDeclined(declined, turn.nowMs()));
        consequences(turn);
    }

    /** An enumerator says where it is. */
    public void onEnumeratorSnapshot(Event.EnumeratorSnapshot snapshot, Turn turn) {
        turn.addAll(checkpoints.onEnumeratorSnapshot(snapshot, turn.nowMs()));
        consequences(turn);
    }

    /** One exists now, or could not be stored. */
    public void onStored(Event.CheckpointStored stored, Turn turn) {
        FailureReport failure = stored.failure();
        if (failure != null && failure.code() == ErrorCode.CHECKPOINT_FILE_CORRUPT) {
            note(failure, turn);
        }
        turn.addAll(checkpoints.onStored(stored, turn.nowMs()));
        consequences(turn);
    }

    /** Files of one that exists are not as they were written. */
    public void onDamaged(Event.CheckpointDamaged damaged, Turn turn) {
        if (checkpoints.onDamaged(damaged)) {
            note(damaged.failure(), turn);
        }
        consequences(turn);
    }

    /** Those are known that earlier leaders, or another job, have left. */
    public void onRead(Event.CheckpointsRead read, Turn turn) {
        for (Event.FoundCheckpoint found : read.found()) {
            if (found.failure() != null) {
                note(found.failure(), turn);
            }
        }
        if (read.failure() != null) {
            note(read.failure(), turn);
        }
        turn.addAll(checkpoints.onRead(read));
        consequences(turn);
    }

    /** A savepoint has a directory, or cannot have it. */
    public void onSavepointPlaced(Event.SavepointPlaced placed, Turn turn) {
        turn.addAll(checkpoints.onSavepointPlaced(placed, turn.nowMs()));
        consequences(turn);
    }

    /** A savepoint is whole, or could not be stored. */
    public void onSavepointStored(Event.SavepointStored stored, Turn turn) {
        turn.addAll(checkpoints.onSavepointStored(stored, turn.nowMs()));
        consequences(turn);
    }

    /** What a complete one holds is committed or, if the failure is not null, is not. */
    void onCommitEnded(FailureReport failure, int maxTries, Turn turn) {
        if (failure != null) {
            failures.add(turn.nowMs(), failure, "commit", null);
        }
        turn.addAll(checkpoints.onCommitEnded(failure, maxTries));
        consequences(turn);
    }

    /** Not of a job that commits at its end: it takes no more. */
    void onTimer(TimerId timer, Turn turn) {
        if (!status.is(JobState.COMMITTING)) {
            turn.addAll(checkpoints.onTimer(timer, turn.nowMs()));
            consequences(turn);
        }
    }

    private void note(FailureReport failure, Turn turn) {
        failures.add(turn.nowMs(), failure, SUBJECT, null);
    }

    // ---- what follows

    /** What has come of the checkpoints may end the job, restart it, or let it end. */
    void consequences(Turn turn) {
        status.changed();
        FailureReport fatal = checkpoints.takeFatal();
        if (fatal != null) {
            note(fatal, turn);
            if (!ending.onOutputLost(fatal)) {
                failover.onRootCauseFound(fatal, turn);
            }
        }
        FailureReport unbearable = checkpoints.takeUnbearable();
        List<Region> running = regions.in(Region.Phase.RUNNING);
        if (unbearable != null && status.wantsTasks() && !running.isEmpty()) {
            note(unbearable, turn);
            failover.onRegionsFailed(running, unbearable, turn);
        }
        afterSavepoints(turn);
        rescale.afterCheckpoint(turn);
        commit.beginIfFinished(turn);
        ending.finishIfEnded(turn);
    }

    /** A savepoint is durable: the job is cancelled, rescaled, ends, or has to get over it. */
    private void afterSavepoints(Turn turn) {
        String who = checkpoints.savepoints().takeCancellation();
        if (who != null) {
            ending.cancel(who, turn);
        }
        Operation saved = checkpoints.savepoints().takeRescale();
        if (saved != null) {
            rescale.request(saved, turn);
        }
        FailureReport undrained = checkpoints.savepoints().takeUndrained();
        if (undrained != null && status.wantsTasks()) {
            note(undrained, turn);
            List<Region> ended = regions.all().stream().filter(Region::isWhole).toList();
            failover.onRegionsFailed(ended, undrained, turn);
            ends.onRunsEnded(ended, turn);
        }
        if (status.is(JobState.RUNNING)) {
            Savepoints.Stop stop = checkpoints.takeStop();
            if (stop != null) {
                commit.beginWith(stop, turn);
            }
        }
    }
}
