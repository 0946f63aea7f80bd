package io.millrace.host;

import io.millrace.coordinator.Event;

/** The way to the coordinator's thread. Thread-safe; never waits. */
@FunctionalInterface
interface Inbox {
    /** What happened, made into an event on the coordinator's thread. */
    @FunctionalInterface
    interface Arrival {
        /** Null if it turns out to mean nothing. */
        Event toEvent();
    }

    /** After the thread has ended what is posted is dropped. */
    void post(Arrival arrival);

    default void post(Event event) {
        post(() -> event);
    }
}
