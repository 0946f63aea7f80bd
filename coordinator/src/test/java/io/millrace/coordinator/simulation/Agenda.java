package io.millrace.coordinator.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What will happen at which simulated time; what is due at once happens in the order of planning.
 */
final class Agenda {
    private record Entry(long atMs, long sequence, Runnable action) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(
                    Comparator.comparingLong(Entry::atMs).thenComparingLong(Entry::sequence));
    private long nowMs;
    private long planned;

    long nowMs() {
        return nowMs;
    }

    void at(long atMs, Runnable action) {
        entries.add(new Entry(Math.max(nowMs, atMs), planned++, action));
    }

    void after(long delayMs, Runnable action) {
        at(nowMs + delayMs, action);
    }

    /** Goes on to the next entry and runs it; false if there is none. */
    boolean step() {
        Entry next = entries.poll();
        if (next == null) {
            return false;
        }
        nowMs = next.atMs();
        next.action().run();
        return true;
    }
}
