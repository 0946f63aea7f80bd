package io.millrace.runtime.time;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Calls that are due when a millisecond of the wall clock is over. Confined to the task.
 *
 * <p>As with watermarks: what is to happen at a time comes when no record of that millisecond can
 * come any more. So a window is not looked at in its last millisecond, but behind it.
 */
/* All operators of a task share one queue. Each knows its place in the chain, so that an operator in
 * the middle of a record can make the calls of those behind it, and not of those that are calling it.
 */
public final class ProcessingTimers {
    private static final int MOST_CALLS_AT_ONCE = 256;

    private final Calls calls;
    private final int place;

    /** The calls of all places. */
    private static final class Calls {
        private final PriorityQueue<Call> queue = new PriorityQueue<>();
        private long made;
        // Of the last look.
        private long passedMs = Long.MIN_VALUE;
    }

    /** A call that is due at a time. */
    public static final class Call implements Comparable<Call> {
        private final long atMs;
        private final long number;
        private final int place;
        // Null once it ran or was cancelled.
        private Runnable action;

        private Call(long atMs, long number, int place, Runnable action) {
            this.atMs = atMs;
            this.number = number;
            this.place = place;
            this.action = action;
        }

        public void cancel() {
            action = null;
        }

        private void run() {
            Runnable now = action;
            action = null;
            now.run();
        }

        @Override
        public int compareTo(Call other) {
            int byTime = Long.compare(atMs, other.atMs);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    public ProcessingTimers() {
        this(new Calls(), 0);
    }

    private ProcessingTimers(Calls calls, int place) {
        this.calls = calls;
        this.place = place;
    }

    /** The same calls as the operator at a place of the chain sees them. */
    public ProcessingTimers of(int place) {
        return new ProcessingTimers(calls, place);
    }

    /**
     * @param atMs milliseconds since the epoch; what is past is due at once
     * @param action on the task's thread, between two chunks
     */
    public Call at(long atMs, Runnable action) {
        Call call = new Call(atMs, calls.made++, place, action);
        calls.queue.add(call);
        return call;
    }

    /** When the next call of any place is due; {@code Long.MAX_VALUE} if there is none. */
    public long nextMs() {
        dropCancelled();
        return calls.queue.isEmpty() ? Long.MAX_VALUE : calls.queue.peek().atMs;
    }

    /**
     * Makes the calls that are due, a bounded number of them. Returns how many.
     *
     * @param passedMs the last millisecond that is over
     */
    public int runDue(long passedMs) {
        calls.passedMs = passedMs;
        int ran = 0;
        while (ran < MOST_CALLS_AT_ONCE && nextMs() <= passedMs) {
            calls.queue.remove().run();
            ran++;
        }
        return ran;
    }

    /** The last millisecond that is over, for who is called. */
    public long passedMs() {
        return calls.passedMs;
    }

    /** Whether a call of this place or one behind it is due. */
    public boolean isDue(long passedMs) {
        return calls.queue.stream()
                .anyMatch(
                        call ->
                                call.place >= place
                                        && call.atMs <= passedMs
                                        && call.action != null);
    }

    /** Makes the calls of this place and those behind it that are due. Returns how many. */
    public int runOwnDue(long passedMs) {
        calls.passedMs = passedMs;
        List<Call> due = new ArrayList<>();
        List<Call> ofOthers = new ArrayList<>();
        while (nextMs() <= passedMs) {
            Call call = calls.queue.remove();
            (call.place >= place ? due : ofOthers).add(call);
        }
        calls.queue.addAll(ofOthers);
        int ran = 0;
        for (Call call : due) {
            if (call.action != null) {
                call.run();
                ran++;
            }
        }
        return ran;
    }

    private void dropCancelled() {
        while (!calls.queue.isEmpty() && calls.queue.peek().action == null) {
            calls.queue.remove();
        }
    }
}
