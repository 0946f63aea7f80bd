package io.millrace.runtime.task;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A queue of entries that want a turn, served by one thread; idle threads of other lanes may help.
 * At most as long as there are entries. Thread-safe.
 */
final class Lane {
    private final ConcurrentLinkedQueue<LoopEntry> queue = new ConcurrentLinkedQueue<>();
    private final WorkLoops helpers;
    // The lane's thread while it sleeps or is about to; null while it looks for work by itself.
    private volatile Thread sleeper;

    /**
     * @param helpers whose idle threads may take entries from here; null if none may
     */
    Lane(WorkLoops helpers) {
        this.helpers = helpers;
    }

    void add(LoopEntry entry) {
        boolean waitsBehindOther = !queue.isEmpty();
        queue.add(entry);
        if (!wakeSleeper() && waitsBehindOther && helpers != null) {
            helpers.wakeOneSleeper();
        }
    }

    LoopEntry poll() {
        return queue.poll();
    }

    boolean isEmpty() {
        return queue.isEmpty();
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

    /** Sleeps on the calling thread, the lane's own, unless there is work. */
    void sleep(long nanos) {
        sleeper = Thread.currentThread();
        if (queue.isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper = null;
    }
}
