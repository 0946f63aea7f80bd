package io.millrace.connector.kafka.sink;

import io.millrace.api.stream.JobID;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Transactions that nobody will commit while no task of the job runs: of the sink whose restored
 * ones are being committed, all the others. Immutable.
 */
/* They are those of checkpoints that were never complete, and of records behind the last one. New writers
 * abort them, but those begin only when what was restored is committed; and whether that is so cannot be
 * seen in a partition where one of them is open before it.
 */
final class OrphanedTransactions {
    /** Tasks run: there are none that are known as such. */
    static final OrphanedTransactions NONE = new OrphanedTransactions(null);

    private final String jobScope; // null for none

    private OrphanedTransactions(String jobScope) {
        this.jobScope = jobScope;
    }

    static OrphanedTransactions of(String prefix, JobID job) {
        return new OrphanedTransactions(TransactionIds.jobScope(prefix, job));
    }

    /** Whether it may be known which they are. */
    boolean areKnown() {
        return jobScope != null;
    }

    /**
     * Ids of those of the operators whose transactions are held up.
     *
     * @param heldUp ids that cannot be proven to be committed; something else of theirs may be open
     * @param undecided ids whose transaction may still be committed
     */
    Predicate<String> beside(Set<String> heldUp, Set<String> undecided) {
        Set<String> operators = new TreeSet<>();
        for (String id : heldUp) {
            if (id.startsWith(jobScope)) {
                operators.add(TransactionIds.operatorScope(jobScope, id));
            }
        }
        return id -> !undecided.contains(id) && operators.stream().anyMatch(id::startsWith);
    }
}
