package io.millrace.runtime.task;

import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.AttemptId;

/** Takes what tasks hand over at barriers. Thread-safe; never waits. */
interface SnapshotDesk {
    /** For tasks that stand alone: nobody wants what they hold. */
    SnapshotDesk NOBODY =
            new SnapshotDesk() {
                @Override
                public void onCut(AttemptId attempt, long checkpointId, TaskCut cut) {
                    cut.close();
                }

                @Override
                public void onDeclined(AttemptId attempt, long checkpointId, FailureReport cause) {
                    // The checkpoint has no coordinator that could give it up.
                }
            };

    /** A task was at the barrier; {@code cut} is handed over. */
    void onCut(AttemptId attempt, long checkpointId, TaskCut cut);

    /** A task could not take its snapshot, and goes on. */
    void onDeclined(AttemptId attempt, long checkpointId, FailureReport cause);
}
