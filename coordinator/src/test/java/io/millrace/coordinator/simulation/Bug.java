package io.millrace.coordinator.simulation;

import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.CoordinatorSettings;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.journal.JournalEntry;
import java.util.List;

/**
 * A mistake that somebody could make in a coordinator, to see that the simulation would notice.
 * Each one bends what goes into, or comes out of, the real one.
 */
enum Bug {
    NONE,
    COMMIT_BEFORE_JOURNAL,
    COMMIT_NOT_JOURNALLED,
    RESULT_NOT_JOURNALLED,
    RESULT_ANNOUNCED_FIRST,
    COMMITTED_JOB_RUNS_AGAIN,
    COMMITTABLES_OF_OLD_ATTEMPTS_KEPT,
    COMMITTABLES_OF_ONE_SUBTASK_FORGOTTEN,
    STALE_ATTEMPTS_BELIEVED,
    RESTARTED_BEFORE_CLEARED,
    SPLITS_NOT_GIVEN_AGAIN,
    RESULTS_OF_OLD_ATTEMPTS_READ,
    RESULTS_OF_LOSERS_READ,
    OUTPUT_OF_LOSERS_COMMITTED,
    LOSERS_CANCELLED_TWICE,
    ALL_NODES_BLOCKED,
    PARALLELISM_DECIDED_ANEW,
    OLD_ENUMERATORS_BELIEVED,
    LOST_WORKERS_ADMITTED,
    SLOTS_COUNTED_TWICE,
    LOST_WORKERS_IGNORED,
    RESTART_FORGOTTEN,
    COMMIT_RETRY_FORGOTTEN,
    CANCEL_DEADLINE_FORGOTTEN,
    WORKERS_WANTED_FOR_EVER,
    EPOCH_USED_AGAIN,
    USER_ERRORS_RESTARTED,
    COMMITTED_BEFORE_THE_POINTER,
    STALE_EPOCH_WRITES_POINTER,
    POINTER_REPLY_GUESSED,
    CHECKPOINT_IDS_USED_AGAIN,
    STARTED_EMPTY_WHEN_UNREADABLE,
    RESTORES_FORGOTTEN,
    POSITIONS_FORGOTTEN,
    DELETED_BEFORE_THE_POINTER,
    SHARED_FILES_DELETED,
    DROPPED_FILES_KEPT,
    STATE_IN_EARLIER_MANIFESTS_FORGOTTEN,
    OUTPUT_OF_FINISHED_TASKS_FORGOTTEN,
    OUTPUT_NOT_COMMITTED_AGAIN_AFTER_RESTORE,
    COMMITTED_UNDER_ANOTHER_NAME,
    SPLITS_OVERTAKE_THE_TRIGGER,
    DECLINE_TAKEN_FOR_ACKNOWLEDGEMENT,
    CLAIMED_REMOVED_BEFORE_THE_POINTER,
    REMOVED_WITHOUT_A_CLAIM;

    Brain wrap(Brain real, CoordinatorSettings settings) {
        if (this == NONE
                || this == EPOCH_USED_AGAIN
                || this == STALE_EPOCH_WRITES_POINTER
                || this == POINTER_REPLY_GUESSED) {
            return real;
        }
        BentMessages bent = new BentMessages(this);
        BentCheckpoints checkpoints = new BentCheckpoints(this);
        return new Brain() {
            @Override
            public List<Effect> on(Event event, long nowMs) {
                Event heard = checkpoints.in(bent.in(event));
                if (heard == null) {
                    return checkpoints.takeRash();
                }
                List<Effect> effects = bent.out(real.on(heard, nowMs));
                for (Event rash : bent.takeRash()) {
                    effects.addAll(bent.out(real.on(rash, nowMs)));
                }
                return checkpoints.out(effects);
            }

            @Override
            public List<Effect> recover(List<JournalEntry> journal, long nowMs) {
                return checkpoints.out(
                        bent.out(real.recover(checkpoints.journal(bent.journal(journal)), nowMs)));
            }

            @Override
            public ClusterView view() {
                return real.view();
            }
        };
    }
}
