package io.millrace.api.source;

import io.millrace.api.time.Watermark;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Records on their way from the thread of a source function to its task. One thread at a time may
 * add, which the caller's lock sees to; one takes. Adding waits while it is full, taking never.
 */
/* A ring. The adder writes the slot, then the volatile `added`, then looks whether the task waits; the
 * task writes that it waits, then looks at `added`: one of them sees the other, so that no record lies
 * unseen and no record of a busy source costs a wake-up. In the other direction `taken` and `adder` do
 * the same. Slots are published by `added` and given back by `taken`. */
final class HandOver<T> {
    static final long NO_TIMESTAMP = Long.MIN_VALUE;

    private static final int CAPACITY = 1024;
    private static final int MASK = CAPACITY - 1;
    private static final Object WATERMARK = new Object();
    private static final Object IDLE = new Object();

    private enum State {
        OPEN,
        /** The function has returned or thrown. */
        ENDED,
        /** The task does not want any more. */
        CLOSED
    }

    private final Object[] records = new Object[CAPACITY];
    private final long[] timestamps = new long[CAPACITY];
    private final AtomicReference<CompletableFuture<Void>> awaited = new AtomicReference<>();

    // Written by the adder, read by the task: slots below are filled.
    private volatile long added;
    // Written by the task, read by the adder: slots below are free again.
    private volatile long taken;
    // The adder that waits for space, for the task to unpark; else null.
    private volatile Thread adder;
    // Written by both under this object's lock, read by both.
    private volatile State state = State.OPEN;
    // Written before ENDED is, read after.
    private Throwable failure;

    /** The adder's own memory of {@code taken}, which may be behind. */
    private long takenSeen;

    /** Whether the last thing that the task was given was the mark of idleness. */
    private boolean idle;

    void addRecord(T record, long timestampMs) {
        add(record, timestampMs);
    }

    void addWatermark(long timestampMs) {
        add(WATERMARK, timestampMs);
    }

    void addIdle() {
        add(IDLE, NO_TIMESTAMP);
    }

    private void add(Object item, long timestampMs) {
        requireOpen();
        long at = added;
        if (at - takenSeen == CAPACITY) {
            awaitSpace(at);
        }
        int slot = (int) at & MASK;
        records[slot] = item;
        timestamps[slot] = timestampMs;
        added = at + 1;
        wakeTask();
    }

    private void requireOpen() {
        State now = state;
        if (now == State.CLOSED) {
            throw new SourceCanceledException();
        }
        if (now == State.ENDED) {
            throw new IllegalStateException(
                    "The thread '"
                            + Thread.currentThread().getName()
                            + "' emitted after the source function had returned from run(). Let"
                            + " run() wait for all threads that emit.");
        }
    }

    private void awaitSpace(long at) {
        boolean interrupted = false;
        adder = Thread.currentThread();
        try {
            while (at - (takenSeen = taken) == CAPACITY) {
                requireOpen();
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        } finally {
            adder = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether nothing is left to take. By the task. */
    boolean isEmpty() {
        return added == taken;
    }

    /** Whether the function has returned or thrown. */
    boolean isEnded() {
        return state == State.ENDED;
    }

    /** Lets the task look again. Any thread. */
    void wake() {
        wakeTask();
    }

    private void wakeTask() {
        if (awaited.get() != null) {
            CompletableFuture<Void> waiting = awaited.getAndSet(null);
            if (waiting != null) {
                waiting.complete(null);
            }
        }
    }

    /**
     * Nothing comes any more.
     *
     * @param thrown what the task fails with after the records; null if all is well
     */
    synchronized void end(Throwable thrown) {
        if (state == State.OPEN) {
            failure = thrown;
            state = State.ENDED;
            wakeTask();
        }
    }

    /**
     * Drops what is there and lets whoever adds fail. By the task.
     *
     * @return whether the end had come before
     */
    synchronized boolean close() {
        boolean ended = state == State.ENDED;
        state = State.CLOSED;
        Thread waiting = adder;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
        return ended;
    }

    /** Gives the task's output up to {@code max} items. By the task. */
    InputStatus take(ReaderOutput<T> output, int max) throws Exception {
        boolean ended = state != State.OPEN;
        long from = taken;
        long to = Math.min(added, from + max);
        if (from == to) {
            return ended ? endOfInput() : InputStatus.NOTHING_AVAILABLE;
        }
        for (long at = from; at < to; at++) {
            int slot = (int) at & MASK;
            Object item = records[slot];
            records[slot] = null;
            give(item, timestamps[slot], output);
        }
        taken = to;
        Thread waiting = adder;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private InputStatus endOfInput() throws Exception {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        return InputStatus.END_OF_INPUT;
    }

    @SuppressWarnings("unchecked") // what is no mark is a record
    private void give(Object item, long timestampMs, ReaderOutput<T> output) {
        if (item == IDLE) {
            idle = true;
            output.markIdle();
            return;
        }
        if (idle) {
            idle = false;
            output.markActive();
        }
        if (item == WATERMARK) {
            output.emitWatermark(new Watermark(timestampMs));
        } else if (timestampMs == NO_TIMESTAMP) {
            output.collect((T) item);
        } else {
            output.collect((T) item, timestampMs);
        }
    }

    /** Completes, on any thread, when there is something to take. By the task. */
    CompletableFuture<Void> available() {
        CompletableFuture<Void> waiting = awaited.get();
        if (waiting == null) {
            waiting = new CompletableFuture<>();
            awaited.set(waiting);
        }
        if (added != taken || state != State.OPEN) {
            wakeTask();
            waiting.complete(null);
        }
        return waiting;
    }
}
