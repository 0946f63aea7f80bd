package io.millrace.rocks;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Freezes whose changes are not in the database yet, the oldest first. While there are any, nobody
 * else writes to the database: each freeze is settled when the database is just as it was then.
 *
 * <p>Thread-safe. The task adds and looks; a snapshot thread settles, or the task if it has to.
 */
final class FlushQueue {
    private final ArrayDeque<Flush> open = new ArrayDeque<>(); // guarded by itself
    private final ReentrantLock settling = new ReentrantLock();
    private volatile boolean writesHeldBack; // written under the lock of open, read by the task

    void add(Flush flush) {
        synchronized (open) {
            open.addLast(flush);
            writesHeldBack = true;
        }
    }

    boolean writesHeldBack() {
        return writesHeldBack;
    }

    /**
     * Settles this one and what is older. What fails can be tried again.
     *
     * @throws io.millrace.api.error.MillraceException {@code STORAGE_FAILED} from the local disk
     */
    void settle(Flush last) {
        settling.lock();
        try {
            while (!last.settled()) {
                settleFirst();
            }
        } finally {
            settling.unlock();
        }
    }

    void settleAll() {
        settling.lock();
        try {
            while (writesHeldBack) {
                settleFirst();
            }
        } finally {
            settling.unlock();
        }
    }

    private void settleFirst() {
        Flush first;
        synchronized (open) {
            first = open.getFirst();
        }
        first.settle();
        synchronized (open) {
            open.removeFirst();
            writesHeldBack = !open.isEmpty();
        }
    }
}
