package io.millrace.host;

import io.millrace.api.fault.FaultPoint;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.operation.OperationKind;

/**
 * The fault points of decisions: before the journal says so where others know already, and after it
 * where nobody knows yet. Stateless.
 */
final class JournalFaultPoints {
    private JournalFaultPoints() {}

    static void before(JournalEntry entry) {
        if (entry.kind() == JournalEntry.Kind.STAGES_PROGRESSED) {
            FaultPoint.STAGES_BEFORE_JOURNAL.hit();
        } else if (entry instanceof JournalEntry.JobRescaled moved) {
            if (moved.failure() == null) {
                FaultPoint.RESCALE_BEFORE_JOURNAL.hit();
            } else {
                FaultPoint.RESCALE_TRIAL_FAILED.hit();
            }
        }
    }

    static void after(JournalEntry entry) {
        if (entry.kind() == JournalEntry.Kind.STAGES_PROGRESSED) {
            FaultPoint.STAGES_JOURNALLED.hit();
        } else if (entry instanceof JournalEntry.CommitStarted started) {
            if (started.stoppedBy() != null) {
                FaultPoint.SAVEPOINT_STOP_DECIDED.hit();
            }
        } else if (entry.kind() == JournalEntry.Kind.OPERATION_ENDED) {
            FaultPoint.SAVEPOINT_OPERATION_ENDED.hit();
        } else if (entry instanceof JournalEntry.OperationAccepted accepted) {
            if (accepted.operation().kind() == OperationKind.RESCALE) {
                FaultPoint.RESCALE_ACCEPTED.hit();
            }
        } else if (entry instanceof JournalEntry.JobRescaled moved) {
            if (moved.failure() == null) {
                FaultPoint.RESCALE_DECIDED.hit();
            } else {
                FaultPoint.RESCALE_TAKEN_BACK.hit();
            }
        }
    }
}
