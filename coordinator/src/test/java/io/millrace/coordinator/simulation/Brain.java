package io.millrace.coordinator.simulation;

import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.Coordinator;
import io.millrace.coordinator.CoordinatorSettings;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.journal.JournalEntry;
import java.util.List;

/** What decides: the real coordinator, or one with a mistake built in. */
interface Brain {
    List<Effect> on(Event event, long nowMs);

    List<Effect> recover(List<JournalEntry> journal, long nowMs);

    ClusterView view();

    static Brain real(CoordinatorSettings settings, long epoch) {
        Coordinator coordinator = new Coordinator(settings, epoch);
        return new Brain() {
            @Override
            public List<Effect> on(Event event, long nowMs) {
                return coordinator.on(event, nowMs);
            }

            @Override
            public List<Effect> recover(List<JournalEntry> journal, long nowMs) {
                return coordinator.recover(journal, nowMs);
            }

            @Override
            public ClusterView view() {
                return coordinator.view();
            }
        };
    }
}
