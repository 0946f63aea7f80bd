package io.millrace.runtime.task;

import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.AttemptId;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a task has handed over and nobody has written yet. A frozen table may be of use only while
 * its back end is open, so the task closes its operators when there is none.
 *
 * <p>The task hands over and asks; whoever closes a cut, mostly the snapshot thread, counts down.
 */
final class OpenCuts implements SnapshotDesk {
    private final SnapshotDesk desk;
    private final Runnable wakeUp;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param wakeUp asks for a turn of the task; any thread
     */
    OpenCuts(SnapshotDesk desk, Runnable wakeUp) {
        this.desk = desk;
        this.wakeUp = wakeUp;
    }

    @Override
    public void onCut(AttemptId attempt, long checkpointId, TaskCut cut) {
        open.incrementAndGet();
        AtomicBoolean closed = new AtomicBoolean(); // a cut may be closed by more than one
        desk.onCut(
                attempt,
                checkpointId,
                cut.whenClosed(
                        () -> {
                            if (closed.compareAndSet(false, true)) {
                                onClosed();
                            }
                        }));
    }

    @Override
    public void onDeclined(AttemptId attempt, long checkpointId, FailureReport cause) {
        desk.onDeclined(attempt, checkpointId, cause);
    }

    private void onClosed() {
        if (open.decrementAndGet() == 0) {
            wakeUp.run();
        }
    }

    /** Whether all that was handed over is written, or wanted no more. */
    boolean areNone() {
        return open.get() == 0;
    }
}
