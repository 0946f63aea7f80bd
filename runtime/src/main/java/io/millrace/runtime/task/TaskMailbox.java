package io.millrace.runtime.task;

import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What other threads want of a task: actions between two chunks, and its end. Thread-safe, but for
 * what says that only the task calls it.
 */
final class TaskMailbox {
    private final ConcurrentLinkedQueue<Runnable> actions = new ConcurrentLinkedQueue<>();
    private final TurnWait wait;
    // Written before the first turn, read by any: asks for a turn.
    private volatile Runnable wake = () -> {};
    // Written by who cancels, read by the task between chunks and while its turn waits.
    private volatile boolean cancelRequested;

    TaskMailbox(TaskClock clock) {
        this.wait = new TurnWait(clock, this::isCancelRequested);
    }

    /** Says how to ask for a turn; before the first one. */
    void onWake(Runnable request) {
        wake = request;
    }

    /** Asks for a turn, and ends a pause inside of one. */
    void wakeUp() {
        wake.run();
        wait.wakeUp();
    }

    /** Runs {@code action} between two chunks, unless the task has ended by then. */
    void post(Runnable action) {
        actions.add(action);
        wakeUp();
    }

    /** The task ends soon. */
    void cancel() {
        cancelRequested = true;
        wakeUp();
    }

    boolean isCancelRequested() {
        return cancelRequested;
    }

    /** Whether nothing is to be done. */
    boolean isEmpty() {
        return actions.isEmpty();
    }

    // ---- only the task

    /** The task ends itself as if it had been canceled. */
    void endSoon() {
        cancelRequested = true;
    }

    /** Waits inside a turn. */
    TurnWait pause() {
        return wait;
    }

    /** Runs what was posted; returns how much it was. */
    int run() {
        int count = 0;
        Runnable action;
        while ((action = actions.poll()) != null) {
            action.run();
            count++;
        }
        return count;
    }

    /** What was posted comes too late. */
    void clear() {
        actions.clear();
    }
}
