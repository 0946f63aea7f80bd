package io.millrace.runtime.task;

import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.AttemptId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps what a task under test hands over at barriers. The task takes it for written at once, or
 * when the test closes it. Confined to the test.
 */
final class CutRecorder implements SnapshotDesk {
    private final Map<Long, TaskCut> cuts = new LinkedHashMap<>();
    private final Map<Long, FailureReport> declined = new LinkedHashMap<>();
    private boolean slow;

    /** What comes from now on is not written before the test closes it. */
    void beSlow() {
        slow = true;
    }

    @Override
    public void onCut(AttemptId attempt, long checkpointId, TaskCut cut) {
        if (cuts.put(checkpointId, cut) != null) {
            throw new AssertionError("checkpoint " + checkpointId + " was cut twice");
        }
        if (!slow) {
            cut.afterClose().run();
        }
    }

    @Override
    public void onDeclined(AttemptId attempt, long checkpointId, FailureReport cause) {
        declined.put(checkpointId, cause);
    }

    /** By checkpoint, in the order in which they came. */
    Map<Long, TaskCut> cuts() {
        return cuts;
    }

    Map<Long, FailureReport> declined() {
        return declined;
    }
}
