package io.millrace.runtime.task;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** One piece of work and its thread. Thread-safe; turns are confined to the thread. */
/* Waking sets a flag and unparks; the thread clears the flag before a turn and looks at it again
 * before it parks. So a wake-up during a turn leads to another turn.
 */
final class DedicatedWork implements WorkHandle, Runnable {
    private final DedicatedThreads threads;
    private final Turnable work;
    private final String name;
    private final AtomicBoolean started = new AtomicBoolean();
    // Set by wakers, cleared by the thread before each turn.
    private volatile boolean woken;
    // Written once by who wakes first, before the thread starts; read by wakers.
    private volatile Thread thread;
    // Guarded by this object: written by the thread, read by who interrupts.
    private boolean inTurn;

    DedicatedWork(DedicatedThreads threads, Turnable work, String name) {
        this.threads = threads;
        this.work = work;
        this.name = name;
    }

    @Override
    public void wake() {
        if (woken) {
            return;
        }
        woken = true;
        Thread own = thread;
        if (own != null) {
            LockSupport.unpark(own);
        } else if (started.compareAndSet(false, true)) {
            Thread made = threads.threadFor(this, name);
            thread = made;
            made.start();
        }
    }

    /** Null before the first turn. */
    Thread thread() {
        return thread;
    }

    @Override
    public void interrupt() {
        synchronized (this) {
            if (inTurn) {
                thread.interrupt();
            }
        }
    }

    @Override
    public void run() {
        try {
            while (!threads.isClosing()) {
                woken = false;
                int worked = giveTurn();
                if (work.isDone()) {
                    return;
                }
                if (worked == 0) {
                    park(work.nextTurnNanos());
                }
            }
        } finally {
            threads.ended(this);
        }
    }

    private int giveTurn() {
        synchronized (this) {
            inTurn = true;
        }
        try {
            int worked = work.turn();
            work.settle();
            return worked;
        } finally {
            synchronized (this) {
                inTurn = false;
                // An interrupt was meant for this turn only.
                Thread.interrupted();
            }
        }
    }

    private void park(long untilNanos) {
        while (!woken && !threads.isClosing()) {
            if (untilNanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                long leftNanos = untilNanos - System.nanoTime();
                if (leftNanos <= 0) {
                    return;
                }
                LockSupport.parkNanos(this, leftNanos);
            }
        }
    }
}
