package io.millrace.runtime.task;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A queue of entries that want a turn, served by one thread; idle threads of other lanes help if
 * they are called. At most as long as there are entries. Thread-safe.
 */
/* A wake-up of a thread costs more than many a turn. So nobody is called for what the lane's thread does
 * next by itself: it calls for help when entries wait although it has been busy for a while, others when
 * its turn has taken long already or is of an entry that may be slow. One call is answered by one entry.
 *
 * No call is lost: who calls raises the flag and then looks for a sleeper; who goes to sleep says so
 * first and then looks at the flags.
 */
final class Lane {
    /** What waits is worth the wake-up of another thread once the lane's own is so busy. */
    static final long HELP_AFTER_NANOS = 50_000;

    private static final long NO_TURN = 0;

    private final ConcurrentLinkedQueue<LoopEntry> queue = new ConcurrentLinkedQueue<>();
    private final WorkLoops helpers;
    // The lane's thread while it sleeps or is about to; null while it looks for work by itself.
    private volatile Thread sleeper;
    // Raised by who sees that entries wait here, taken by the thread that helps.
    private volatile boolean callsForHelp;
    // Written by the lane's thread, read by who adds: whether that will have to wait.
    private volatile boolean inSlowTurn;
    private volatile long turnBeganNanos = NO_TURN;

    /**
     * @param helpers whose idle threads may take entries from here; null if none may
     */
    Lane(WorkLoops helpers) {
        this.helpers = helpers;
    }

    /** Any thread. Wakes the lane's thread, or another if this one will not get to it soon. */
    void add(LoopEntry entry) {
        boolean waitsBehindOther = !queue.isEmpty();
        queue.add(entry);
        if (!wakeSleeper() && (waitsBehindOther || inSlowTurn || isInLongTurn())) {
            callForHelp();
        }
    }

    /** The lane's thread, between two turns: it looks here next anyway. */
    void addNext(LoopEntry entry) {
        queue.add(entry);
    }

    LoopEntry poll() {
        return queue.poll();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    private boolean isInLongTurn() {
        long beganNanos = turnBeganNanos;
        return beganNanos != NO_TURN && System.nanoTime() - beganNanos > HELP_AFTER_NANOS;
    }

    /**
     * The lane's thread.
     *
     * @param slow whether others should not wait for the end of this turn
     */
    void turnBegins(long nowNanos, boolean slow) {
        turnBeganNanos = nowNanos;
        if (inSlowTurn != slow) {
            inSlowTurn = slow;
        }
        if (slow && !queue.isEmpty()) {
            callForHelp();
        }
    }

    /** The lane's thread. */
    void turnEnds() {
        turnBeganNanos = NO_TURN;
        if (inSlowTurn) {
            inSlowTurn = false;
        }
    }

    /** An idle thread of another lane, if there is one, shall take an entry from here. */
    void callForHelp() {
        if (helpers != null) {
            if (!callsForHelp) {
                callsForHelp = true;
            }
            helpers.wakeOneSleeper();
        }
    }

    /** For the thread of another lane that has nothing to do: an entry, or null. */
    LoopEntry pollToHelp() {
        if (!callsForHelp) {
            return null;
        }
        callsForHelp = false;
        return queue.poll();
    }

    boolean callsForHelp() {
        return callsForHelp;
    }

    /** Returns false if the lane's thread does not sleep. */
    boolean wakeSleeper() {
        Thread thread = sleeper;
        if (thread == null) {
            return false;
        }
        sleeper = null;
        LockSupport.unpark(thread);
        return true;
    }

    /**
     * Sleeps on the calling thread, the lane's own, unless there is work here or help is wanted.
     */
    void sleep(long nanos) {
        sleeper = Thread.currentThread();
        if (queue.isEmpty() && (helpers == null || !helpers.anyOtherCallsForHelp(this))) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper = null;
    }
}
