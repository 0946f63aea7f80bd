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
    OLD_ENUMERATORS_BELIEVED,
    LOST_WORKERS_ADMITTED,
    SLOTS_COUNTED_TWICE,
    LOST_WORKERS_IGNORED,
    RESTART_FORGOTTEN,
    COMMIT_RETRY_FORGOTTEN,
    CANCEL_DEADLINE_FORGOTTEN,
    WORKERS_WANTED_FOR_EVER,
    EPOCH_USED_AGAIN,
    USER_ERRORS_RESTARTED;

    Brain wrap(Brain real, CoordinatorSettings settings) {
        if (this == NONE || this == EPOCH_USED_AGAIN) {
            return real;
        }
        BentMessages bent = new BentMessages(this);
        return new Brain() {
            @Override
            public List<Effect> on(Event event, long nowMs) {
                Event heard = bent.in(event);
                if (heard == null) {
                    return List.of();
                }
                List<Effect> effects = bent.out(real.on(heard, nowMs));
                for (Event rash : bent.takeRash()) {
                    effects.addAll(bent.out(real.on(rash, nowMs)));
                }
                return effects;
            }

            @Override
            public List<Effect> recover(List<JournalEntry> journal, long nowMs) {
                return bent.out(real.recover(bent.journal(journal), nowMs));
            }

            @Override
            public ClusterView view() {
                return real.view();
            }
        };
    }
}
