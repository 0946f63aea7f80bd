package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.ClusterView.CheckpointView;
import io.millrace.coordinator.ClusterView.CheckpointsView;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.FailureReport;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;

/** What became of a job's checkpoints. Confined to the coordinator's thread. */
final class CheckpointHistory {
    /** Complete ones that are shown. */
    private static final int REMEMBERED = 10;

    private final int tolerable;
    private long triggered;
    private long completed;
    private long failed;
    private int failedInRow;
    private long restoredId;
    // The latest first.
    private final ArrayDeque<CheckpointView> recent = new ArrayDeque<>();
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
        Collection<TaskSnapshot> snapshots = pending.snapshots().values();
        recent.addFirst(
                new CheckpointView(
                        pending.id(),
                        pending.triggeredAtMs(),
                        Math.max(0, nowMs - pending.triggeredAtMs()),
                        manifest.totalBytes(),
                        CheckpointShares.of(snapshots),
                        CheckpointShares.byVertex(snapshots)));
        if (recent.size() > REMEMBERED) {
            recent.removeLast();
        }
    }

    /** One was given up for a reason that the job need not bear for ever. */
    void failed(FailureReport failure) {
        givenUp(failure);
        failedInRow++;
        if (failedInRow > tolerable) {
            unbearable =
                    failure.leadingTo(
                            ErrorCode.CHECKPOINTS_FAILING,
                            failedInRow
                                    + " checkpoints in a row have failed; "
                                    + tolerable
                                    + " are tolerated"
                                    + " (execution.checkpointing.tolerable-failed-checkpoints). The"
                                    + " last one: "
                                    + failure.headline());
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
                triggered,
                completed,
                failed,
                underWay,
                retained,
                restoredId,
                recent.peekFirst(),
                List.copyOf(recent),
                lastFailure);
    }
}
