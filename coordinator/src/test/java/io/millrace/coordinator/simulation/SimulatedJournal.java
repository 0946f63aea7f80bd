package io.millrace.coordinator.simulation;

import io.millrace.coordinator.journal.JournalCodec;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.operation.Operation;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.List;

/**
 * The durable journal of the application: outlives every process, and obeys the newest epoch only.
 */
final class SimulatedJournal {
    /** A leader of the past tried to write. */
    static final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final List<JournalEntry> entries = new ArrayList<>();
    private final List<Long> epochs = new ArrayList<>(); // of those who wrote them
    private long highestEpoch;

    /** Opens it for a new leader, who fences those before. */
    List<JournalEntry> open(long epoch) {
        if (epoch <= highestEpoch) {
            throw new InvariantBroken(
                    "I5 one leader effect",
                    "epoch " + epoch + " opens the journal after epoch " + highestEpoch);
        }
        highestEpoch = epoch;
        return List.copyOf(entries);
    }

    void append(long epoch, JournalEntry entry) {
        if (epoch < highestEpoch) {
            throw new Fenced();
        }
        if (entry.kind() == JournalEntry.Kind.JOB_ENDED && ended(entry.jobId()) != null) {
            throw new InvariantBroken("I8 terminal once", entry.jobId() + " ended twice");
        }
        if (entry.kind() == JournalEntry.Kind.COMMIT_STARTED && started(entry.jobId()) != null) {
            throw new InvariantBroken(
                    "I4 one commit", entry.jobId() + " began to commit twice with new output");
        }
        if (entry instanceof JournalEntry.OperationEnded ended
                && operationEnded(ended.id()) != null) {
            throw new InvariantBroken("an operation ends once", ended.id() + " ends again");
        }
        if (entry instanceof JournalEntry.OperationAccepted accepted
                && operations().contains(accepted.operation())) {
            throw new InvariantBroken(
                    "asked twice is done once", accepted.operation().id() + " is accepted again");
        }
        entries.add(JournalCodec.decode(JournalCodec.encode(entry)));
        epochs.add(epoch);
    }

    /** Whether the leader who moved a job was not the one who moved it back. */
    boolean firstMoveOfAnother(String operationId) {
        long first = 0;
        for (int i = 0; i < entries.size() && first == 0; i++) {
            if (entries.get(i) instanceof JournalEntry.JobRescaled moved
                    && moved.operationId().equals(operationId)) {
                first = epochs.get(i);
            }
        }
        return first != epochOf(JournalEntry.JobRescaled.class, operationId);
    }

    /** The leader who wrote the last entry of a kind about an operation; 0 if there is none. */
    long epochOf(Class<? extends JournalEntry> kind, String operationId) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            JournalEntry entry = entries.get(i);
            String id =
                    entry instanceof JournalEntry.JobRescaled moved
                            ? moved.operationId()
                            : entry instanceof JournalEntry.OperationEnded ended
                                    ? ended.id()
                                    : entry instanceof JournalEntry.OperationPlaced placed
                                            ? placed.id()
                                            : null;
            if (kind.isInstance(entry) && operationId.equals(id)) {
                return epochs.get(i);
            }
        }
        return 0;
    }

    boolean isAccepted(JobId job) {
        return find(job, JournalEntry.Kind.JOB_ACCEPTED) != null;
    }

    /** Null if there is none. */
    JournalEntry.CommitStarted started(JobId job) {
        return (JournalEntry.CommitStarted) find(job, JournalEntry.Kind.COMMIT_STARTED);
    }

    /** Null if there is none. */
    JournalEntry.JobEnded ended(JobId job) {
        return (JournalEntry.JobEnded) find(job, JournalEntry.Kind.JOB_ENDED);
    }

    /** Whether some of its stages are written down. */
    boolean hasStages(JobId job) {
        return find(job, JournalEntry.Kind.STAGES_PROGRESSED) != null;
    }

    /** All that were asked for. */
    List<Operation> operations() {
        return entries.stream()
                .filter(JournalEntry.OperationAccepted.class::isInstance)
                .map(entry -> ((JournalEntry.OperationAccepted) entry).operation())
                .toList();
    }

    /** Null if it has not ended. */
    JournalEntry.OperationEnded operationEnded(String id) {
        return entries.stream()
                .filter(JournalEntry.OperationEnded.class::isInstance)
                .map(JournalEntry.OperationEnded.class::cast)
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The steps of a change of the parallelism, in their order. */
    List<JournalEntry.JobRescaled> rescaledBy(String id) {
        return entries.stream()
                .filter(JournalEntry.JobRescaled.class::isInstance)
                .map(JournalEntry.JobRescaled.class::cast)
                .filter(entry -> entry.operationId().equals(id))
                .toList();
    }

    /** The last step of any change of a job's parallelism; null if there is none. */
    JournalEntry.JobRescaled lastRescale(JobId job) {
        return entries.stream()
                .filter(JournalEntry.JobRescaled.class::isInstance)
                .map(JournalEntry.JobRescaled.class::cast)
                .filter(entry -> entry.jobId().equals(job))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** Where its savepoint is to be; null if it has no place. */
    String placeOf(String id) {
        return entries.stream()
                .filter(JournalEntry.OperationPlaced.class::isInstance)
                .map(JournalEntry.OperationPlaced.class::cast)
                .filter(entry -> entry.id().equals(id))
                .map(JournalEntry.OperationPlaced::path)
                .findFirst()
                .orElse(null);
    }

    private JournalEntry find(JobId job, JournalEntry.Kind kind) {
        return entries.stream()
                .filter(entry -> entry.kind() == kind && entry.jobId().equals(job))
                .findFirst()
                .orElse(null);
    }
}
