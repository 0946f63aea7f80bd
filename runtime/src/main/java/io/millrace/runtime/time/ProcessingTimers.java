package io.millrace.runtime.time;

import java.util.PriorityQueue;

/** Calls that are due at a wall-clock time. Confined to the task. */
public final class ProcessingTimers {
    private static final int MOST_CALLS_AT_ONCE = 256;

    private final PriorityQueue<Call> calls = new PriorityQueue<>();
    private long made;

    /** A call that is due at a time. */
    public static final class Call implements Comparable<Call> {
        private final long atMs;
        private final long number;
        // Null once it ran or was cancelled.
        private Runnable action;

        private Call(long atMs, long number, Runnable action) {
            this.atMs = atMs;
            this.number = number;
            this.action = action;
        }

        public void cancel() {
            action = null;
        }

        @Override
        public int compareTo(Call other) {
            int byTime = Long.compare(atMs, other.atMs);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /**
     * @param atMs milliseconds since the epoch; what is past is due at once
     * @param action on the task's thread, between two chunks
     */
    public Call at(long atMs, Runnable action) {
        Call call = new Call(atMs, made++, action);
        calls.add(call);
        return call;
    }

    /** When the next call is due; {@code Long.MAX_VALUE} if there is none. */
    public long nextMs() {
        dropCancelled();
        return calls.isEmpty() ? Long.MAX_VALUE : calls.peek().atMs;
    }

    /** Makes the calls that are due, a bounded number of them. Returns how many. */
    public int runDue(long nowMs) {
        int ran = 0;
        while (ran < MOST_CALLS_AT_ONCE && nextMs() <= nowMs) {
            Call call = calls.remove();
            Runnable action = call.action;
            call.action = null;
            action.run();
            ran++;
        }
        return ran;
    }

    private void dropCancelled() {
        while (!calls.isEmpty() && calls.peek().action == null) {
            calls.remove();
        }
    }
}
