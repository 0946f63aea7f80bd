package io.millrace.runtime.chain;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/**
 * Notices a function that emits from another thread than its task's. Any thread may ask; turns
 * begin and end on the thread that gives them.
 */
/* The field is not volatile: the task's own thread sees what it wrote itself, and whatever value
 * another thread sees there, it is not that thread. So the check costs two loads and a compare.
 */
public final class TurnGuard {
    private final Runnable wake;
    private Thread inTurn;
    // Written by the thread that should not be there, read by the task.
    private volatile RuntimeException intrusion;

    /**
     * @param wake asks for a turn, in which the task learns of it; any thread
     */
    public TurnGuard(Runnable wake) {
        this.wake = wake;
    }

    /** A turn begins on the calling thread. */
    public void begin() {
        inTurn = Thread.currentThread();
    }

    public void end() {
        inTurn = null;
    }

    /**
     * Returns true on the thread of the turn, to stand in an assertion.
     *
     * @param operator whose function may emit now
     * @throws UserCodeException for both the calling thread and the task, which fails with it
     */
    public boolean admits(String operator) {
        Thread caller = Thread.currentThread();
        if (caller != inTurn) {
            intrusion = intrusionOf(operator, caller);
            wake.run();
            throw intrusion;
        }
        return true;
    }

    /** Whether the calling thread is the one of the turn. */
    public boolean holds() {
        return Thread.currentThread() == inTurn;
    }

    /** Throws what another thread has done, if one has. Called by the task. */
    public void throwIntrusion() {
        RuntimeException found = intrusion;
        if (found != null) {
            throw found;
        }
    }

    private static RuntimeException intrusionOf(String operator, Thread caller) {
        return UserCodeException.of(
                operator,
                new MillraceException(
                        ErrorCode.USER_CODE_FAILED,
                        "the thread '"
                                + caller.getName()
                                + "' has emitted a record, and only the call of the function may,"
                                + " on its own thread and before it returns. To wait for something"
                                + " elsewhere, use AsyncDataStream, or hand results to the function"
                                + " by a queue of its own."));
    }
}
