package io.millrace.coordinator.job;

import io.millrace.runtime.plan.AttemptId;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of a job with a savepoint, beside its commit: which tasks have ended without having told
 * that their functions heard of it. Confined to the coordinator's thread.
 */
final class Stopping {
    /** Tasks that are named; of more, the number. */
    private static final int NAMED = 5;

    private final boolean takenOver;
    private final List<AttemptId> unheard = new ArrayList<>();

    /**
     * @param takenOver whether an earlier leader has begun it, whose tasks are gone
     */
    Stopping(boolean takenOver) {
        this.takenOver = takenOver;
    }

    /** The task has failed, or its worker has gone. */
    void unheard(AttemptId attempt) {
        unheard.add(attempt);
    }

    /** What is perhaps not committed, for who asked for the stop; null if everything is. */
    String note() {
        if (takenOver) {
            return "The application master ended while the job was ending: what functions commit by"
                    + " themselves, in notifyCheckpointComplete, is perhaps not committed. The"
                    + " savepoint has it, and a job that is started from it commits it.";
        }
        if (unheard.isEmpty()) {
            return null;
        }
        int more = unheard.size() - NAMED;
        return "These tasks were lost while the job was ending: "
                + unheard.stream().limit(NAMED).toList()
                + (more > 0 ? " and " + more + " more" : "")
                + ". What their functions commit by themselves, in notifyCheckpointComplete, is"
                + " perhaps not committed. The savepoint has it, and a job that is started from it"
                + " commits it.";
    }
}
