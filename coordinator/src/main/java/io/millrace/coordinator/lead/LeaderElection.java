package io.millrace.coordinator.lead;

/** Decides which process leads an application. Thread-safe. */
public interface LeaderElection extends AutoCloseable {
    /** Hears of leadership on a thread of the election; must not wait. */
    interface Listener {
        /**
         * This process leads.
         *
         * @param epoch higher than that of every leader before
         */
        void onElected(long epoch);

        /** The connection to the other candidates is in doubt: no effects until elected or lost. */
        void onSuspended();

        /** This process does not lead any more and will not again: it ends. */
        void onLost(String reason);
    }

    void start(Listener listener);

    /** Gives up leadership, if held. */
    @Override
    void close();
}
