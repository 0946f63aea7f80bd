package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.ClusterView.CheckpointView;
import io.millrace.coordinator.ClusterView.CheckpointsView;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.checkpoint.TaskSnapshot.Timing;
import io.millrace.runtime.message.FailureReport;

/** What became of a job's checkpoints. Confined to the coordinator's thread. */
final class CheckpointHistory {
    private final int tolerable;
    private long triggered;
    private long completed;
    private long failed;
    private int failedInRow;
    private long restoredId;
    private CheckpointView latest;
    private FailureReport lastFailure;
    private FailureReport unbearable;

    CheckpointHistory(int tolerable) {
        this.tolerable = tolerable;
    }

    void triggered() {
        triggered++;
    }

    void restored(long checkpointId) {
        restoredId = checkpointId;
    }

    void completed(PendingCheckpoint pending, Manifest manifest, long nowMs) {
        completed++;
        failedInRow = 0;
        long alignmentNanos = 0;
        long longestTurnNanos = 0;
        long written = 0;
        boolean unaligned = false;
        for (TaskSnapshot snapshot : pending.snapshots().values()) {
            Timing timing = snapshot.timing();
            alignmentNanos = Math.max(alignmentNanos, timing.alignmentNanos());
            longestTurnNanos = Math.max(longestTurnNanos, timing.turnNanos());
            written += timing.writtenBytes();
            unaligned |= timing.unaligned();
        }
        latest =
                new CheckpointView(
                        pending.id(),
                        pending.triggeredAtMs(),
                        Math.max(0, nowMs - pending.triggeredAtMs()),
                        written,
                        manifest.totalBytes(),
                        alignmentNanos / 1_000_000,
                        longestTurnNanos / 1_000_000,
                        unaligned);
    }

    /** One was given up for a reason that the job need not bear for ever. */
    void failed(FailureReport failure) {
        givenUp(failure);
        failedInRow++;
        if (failedInRow > tolerable) {
            unbearable =
                    new FailureReport(
                            ErrorCode.CHECKPOINTS_FAILING,
                            failedInRow
                                    + " checkpoints in a row have failed; "
                                    + tolerable
                                    + " are tolerated"
                                    + " (execution.checkpointing.tolerable-failed-checkpoints). The"
                                    + " last one: "
                                    + failure.headline(),
                            failure.stackTrace(),
                            failure.operator());
            failedInRow = 0;
        }
    }

    /** One was given up because of something that is dealt with elsewhere. */
    void givenUp(FailureReport failure) {
        failed++;
        lastFailure = failure;
    }

    /** One that was complete has been found damaged. */
    void damaged(FailureReport failure) {
        lastFailure = failure;
    }

    /** Why the job cannot go on so; null if it can. Told once. */
    FailureReport takeUnbearable() {
        FailureReport taken = unbearable;
        unbearable = null;
        return taken;
    }

    CheckpointsView view(int underWay, int retained) {
        return new CheckpointsView(
                triggered, completed, failed, underWay, retained, restoredId, latest, lastFailure);
    }
}
