package io.millrace.api.checkpoint;

import io.millrace.api.function.Function;
import io.millrace.api.function.RunnableWithException;

/**
 * Lets a function that a source or a sink calls take part in checkpoints. Implemented by the
 * engine; confined to the task.
 */
public interface FunctionHost {
    /**
     * Restores the function's state, before it is opened. From now on it is saved with each
     * checkpoint, and the function hears how they end.
     *
     * @param caller makes each later call of the function
     */
    void manage(Function function, Caller caller) throws Exception;

    /** Calls a function where, and when, it may be called. */
    @FunctionalInterface
    interface Caller {
        /** On the task's thread, at once. */
        Caller DIRECT = RunnableWithException::run;

        /** Returns, or throws, when the call has. */
        void call(RunnableWithException call) throws Exception;
    }
}
