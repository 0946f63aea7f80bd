package io.millrace.api.state.v2;

/**
 * State that values are added to. Confined to the task.
 *
 * @param <IN> what is added
 * @param <OUT> what comes of it, in a future
 * @param <SYNCOUT> what comes of it, at once
 */
public interface AppendingState<IN, OUT, SYNCOUT> extends State {
    StateFuture<OUT> asyncGet();

    StateFuture<Void> asyncAdd(IN value);

    /** Null if nothing was added. */
    SYNCOUT get();

    void add(IN value);
}
