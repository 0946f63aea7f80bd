package io.millrace.runtime.operator.window;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.operator.KeyedScope;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.time.ProcessingTimers;

/**
 * Looks at the rows of keys when they have something to do: by event time as far as it is told, by
 * the wall clock in one call for each time. Confined to the task.
 */
final class DueRows implements Runnable {
    private static final int BLOCK = 256;

    private final OperatorContext context;
    private final KeyedScope keys;
    private final boolean eventTime;
    private final Visitor visitor;
    private final DueKeys due = new DueKeys();
    private final int[] block = new int[BLOCK];

    // Of the wall clock.
    private ProcessingTimers.Call call; // null if there is none
    private long callMs = WindowTimes.NEVER;

    /** Looks at rows. */
    interface Visitor {
        /** The wall clock has come so far; rows that are due by then are visited next. */
        void onClock(long nowMs);

        /**
         * Looks at the row of a key, which is the current one; in vain if there is none, or if it
         * was looked at earlier.
         */
        void visit(Object key, long dueMs) throws Exception;
    }

    DueRows(OperatorContext context, KeyedScope keys, boolean eventTime, Visitor visitor) {
        this.context = context;
        this.keys = keys;
        this.eventTime = eventTime;
        this.visitor = visitor;
    }

    /**
     * A row that the operator begins with; {@link #start} follows the last one.
     *
     * @param dueMs {@code NEVER} if it has nothing to do
     */
    void restored(long dueMs, Object key, int keyHash) {
        if (dueMs != WindowTimes.NEVER) {
            due.add(dueMs, key, keyHash);
        }
    }

    void start() {
        callAtFirst();
    }

    /** The row of the current key has something to do. */
    void add(long dueMs, Object key) {
        boolean first = due.add(dueMs, key, keys.keyHash());
        if (first) {
            callAtFirst();
        }
    }

    @Override
    public void run() {
        call = null;
        callMs = WindowTimes.NEVER;
        long nowMs = context.processingTimers().passedMs() + 1;
        visitor.onClock(nowMs);
        advance(nowMs);
        callAtFirst();
    }

    private void callAtFirst() {
        long firstMs = due.firstMs();
        if (eventTime || context.keysComeOnce() || firstMs >= callMs) {
            return;
        }
        if (call != null) {
            call.cancel();
        }
        callMs = firstMs;
        // Rows are due at the first millisecond after a window, calls when its last one is over.
        call = context.processingTimers().at(firstMs - 1, this);
    }

    /** Looks at all rows that have something to do by a time, the earliest first. */
    void advance(long timeMs) {
        try {
            for (long dueMs = due.firstMs();
                    dueMs <= timeMs && dueMs != WindowTimes.NEVER;
                    dueMs = due.firstMs()) {
                visit(due.takeFirst(), dueMs);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void visit(DueKeys.Keys list, long dueMs) throws Exception {
        for (int from = 0; from < list.size; from += BLOCK) {
            int count = Math.min(BLOCK, list.size - from);
            System.arraycopy(list.hashes, from, block, 0, count);
            keys.expect(block, count);
            for (int i = from; i < from + count; i++) {
                keys.setKey(list.keys[i], list.hashes[i]);
                visitor.visit(list.keys[i], dueMs);
            }
        }
    }

    /** All time of the current key passes; then it has nothing to do any more. */
    void endKey() {
        advance(WindowTimes.NEVER);
        due.clear();
    }

    /** In a batch job all time passes at the end; in a streaming job what is left never comes. */
    void end() {
        if (call != null) {
            call.cancel();
        }
        if (!eventTime) {
            if (context.mode() == ExecutionMode.BATCH) {
                advance(WindowTimes.NEVER);
            }
            due.clear();
        }
    }

    /** How many keys will be looked at; some of them in vain. */
    int size() {
        return due.size();
    }
}
