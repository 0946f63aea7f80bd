package io.millrace.host;

import io.millrace.coordinator.TimerId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The coordinator's timers. Confined to its thread.
 *
 * <p>A replaced or cancelled timer stays in the queue until its time and is skipped then: the table
 * says which entry of a name is the valid one.
 */
final class Timers {
    private record Entry(TimerId timer, long dueMs, long number) {}

    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong(Entry::dueMs).thenComparingLong(Entry::number));
    private final Map<TimerId, Entry> valid = new HashMap<>();
    private long made;

    void set(TimerId timer, long dueMs) {
        Entry entry = new Entry(timer, dueMs, made++);
        valid.put(timer, entry);
        queue.add(entry);
    }

    void cancel(TimerId timer) {
        valid.remove(timer);
    }

    /** Takes the next timer that is due, or returns null. */
    TimerId takeDue(long nowMs) {
        dropInvalid();
        Entry first = queue.peek();
        if (first == null || first.dueMs() > nowMs) {
            return null;
        }
        queue.poll();
        valid.remove(first.timer());
        return first.timer();
    }

    /** Milliseconds until the next one is due, 0 if one is; {@code otherwise} if there is none. */
    long untilNext(long nowMs, long otherwise) {
        dropInvalid();
        Entry first = queue.peek();
        return first == null ? otherwise : Math.max(0, first.dueMs() - nowMs);
    }

    private void dropInvalid() {
        for (Entry first = queue.peek();
                first != null && valid.get(first.timer()) != first;
                first = queue.peek()) {
            queue.poll();
        }
    }
}
