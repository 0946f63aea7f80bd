package io.millrace.api.async;

import io.millrace.api.function.Function;
import java.io.Serializable;
import java.util.concurrent.TimeoutException;

/**
 * Asks something outside for each record and does not wait for the answer.
 *
 * @param <IN> records in
 * @param <OUT> records out
 */
public interface AsyncFunction<IN, OUT> extends Function, Serializable {
    /**
     * Starts the work for a record and returns at once. The record is this call's own: it may be
     * kept until the future is complete.
     *
     * @param resultFuture to be completed once, from any thread
     */
    void asyncInvoke(IN input, ResultFuture<OUT> resultFuture) throws Exception;

    /**
     * Called on the task's thread when the time is over and the future is not complete. By default
     * the job fails.
     *
     * @param resultFuture to be completed in this call or later
     */
    default void timeout(IN input, ResultFuture<OUT> resultFuture) throws Exception {
        resultFuture.completeExceptionally(
                new TimeoutException(
                        "No result came in time. Give the function more time, or override"
                                + " timeout() to emit something else."));
    }
}
