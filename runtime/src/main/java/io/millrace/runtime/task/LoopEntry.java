package io.millrace.runtime.task;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One piece of work on the loops, and the promise that it is in one queue or on one thread at most.
 * Thread-safe.
 */
/* IDLE → QUEUED by a wake-up; QUEUED → RUNNING by the loop that took it from a queue; RUNNING → QUEUED
 * if it worked or was woken meanwhile, else → IDLE. A wake-up during a turn leaves WOKEN, so none is
 * lost. The queue publishes what a turn wrote to the thread of the next.
 */
final class LoopEntry implements WorkHandle {
    private static final int IDLE = 0;
    private static final int QUEUED = 1;
    private static final int RUNNING = 2;
    private static final int WOKEN = 3;
    private static final int DONE = 4;

    // After so many quick turns in a row the next one is expected to be quick.
    private static final int QUICK_TURNS = 16;

    static final long NO_TIMER = Long.MAX_VALUE;

    private final Turnable work;
    private final Consumer<LoopEntry> interrupter;
    private final AtomicInteger state = new AtomicInteger(IDLE);
    // Written by the thread that has the entry, read by wakers: where to queue it.
    private volatile Lane lane;
    // Guarded by the timers of the loops: when the next turn is scheduled.
    long timerAtNanos = NO_TIMER;
    // Confined to the thread that has the entry.
    private int shortTurns;
    private int quickTurns;

    /**
     * @param interrupter interrupts the loop that is in a turn of an entry
     */
    LoopEntry(Turnable work, Lane lane, Consumer<LoopEntry> interrupter) {
        this.work = work;
        this.lane = lane;
        this.interrupter = interrupter;
    }

    Turnable work() {
        return work;
    }

    Lane lane() {
        return lane;
    }

    void moveTo(Lane other) {
        lane = other;
    }

    @Override
    public void wake() {
        while (true) {
            int now = state.get();
            if (now == IDLE) {
                if (state.compareAndSet(IDLE, QUEUED)) {
                    enqueue();
                    return;
                }
            } else if (now == RUNNING) {
                if (state.compareAndSet(RUNNING, WOKEN)) {
                    return;
                }
            } else {
                return;
            }
        }
    }

    /**
     * A loop that ends a turn runs next what the turn has woken: no other thread is woken for it,
     * and what was written for it is still in this core's cache.
     */
    private void enqueue() {
        Lane next = Thread.currentThread() instanceof LoopThread thread ? thread.nextLane : null;
        if (next == null) {
            lane.add(this);
        } else {
            next.addNext(this);
        }
    }

    @Override
    public void interrupt() {
        interrupter.accept(this);
    }

    void begin() {
        state.set(RUNNING);
    }

    /**
     * After a turn: queues it again or leaves it idle. Returns true if it is idle now.
     *
     * @param here the lane of the thread that had it
     */
    boolean end(int worked, Lane here) {
        if (work.isDone()) {
            state.set(DONE);
            return false;
        }
        if (worked == 0 && state.compareAndSet(RUNNING, IDLE)) {
            return true;
        }
        state.set(QUEUED);
        if (lane == here) {
            lane.addNext(this);
        } else {
            lane.add(this);
        }
        return false;
    }

    /** Whether others may wait for the end of its turn; nobody knows of a new one. */
    boolean isQuick() {
        return quickTurns >= QUICK_TURNS;
    }

    void took(long nanos) {
        if (nanos > Lane.HELP_AFTER_NANOS) {
            quickTurns = 0;
        } else if (quickTurns < QUICK_TURNS) {
            quickTurns++;
        }
    }

    /** Counts turns within the limit; returns how many there have been in a row. */
    int countTurn(boolean isShort) {
        shortTurns = isShort ? shortTurns + 1 : 0;
        return shortTurns;
    }
}
