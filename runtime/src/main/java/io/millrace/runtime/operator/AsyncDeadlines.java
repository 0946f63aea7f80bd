package io.millrace.runtime.operator;

import io.millrace.runtime.time.ProcessingTimers;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The time limits of asynchronous records. All have the same length, so those that began first end
 * first: a list in that order, and one call for its head. Confined to its task.
 */
final class AsyncDeadlines {
    private final long timeoutMs;
    private final LongSupplier clockMs;
    private final ProcessingTimers timers;
    private final Consumer<AsyncEntry> onOver;
    private AsyncEntry head;
    private AsyncEntry tail;
    private boolean called;

    /**
     * @param timeoutMs 0 for no limit
     */
    AsyncDeadlines(
            long timeoutMs,
            LongSupplier clockMs,
            ProcessingTimers timers,
            Consumer<AsyncEntry> onOver) {
        this.timeoutMs = timeoutMs;
        this.clockMs = clockMs;
        this.timers = timers;
        this.onOver = onOver;
    }

    void begin(AsyncEntry entry) {
        if (timeoutMs == 0) {
            return;
        }
        entry.deadlineMs = clockMs.getAsLong() + timeoutMs;
        entry.before = tail;
        if (tail == null) {
            head = entry;
        } else {
            tail.behind = entry;
        }
        tail = entry;
        callAtHead();
    }

    void end(AsyncEntry entry) {
        if (entry.deadlineMs == Long.MAX_VALUE) {
            return;
        }
        entry.deadlineMs = Long.MAX_VALUE;
        if (entry.before == null) {
            head = entry.behind;
        } else {
            entry.before.behind = entry.behind;
        }
        if (entry.behind == null) {
            tail = entry.before;
        } else {
            entry.behind.before = entry.before;
        }
        entry.before = null;
        entry.behind = null;
    }

    private void callAtHead() {
        if (!called && head != null) {
            called = true;
            timers.at(head.deadlineMs, this::onCall);
        }
    }

    private void onCall() {
        called = false;
        long nowMs = clockMs.getAsLong();
        while (head != null && head.deadlineMs <= nowMs) {
            AsyncEntry entry = head;
            end(entry);
            onOver.accept(entry);
        }
        callAtHead();
    }
}
