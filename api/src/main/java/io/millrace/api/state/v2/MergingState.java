package io.millrace.api.state.v2;

/**
 * State of which two can become one. Confined to the task.
 *
 * @param <IN> what is added
 * @param <OUT> what comes of it, in a future
 * @param <SYNCOUT> what comes of it, at once
 */
public interface MergingState<IN, OUT, SYNCOUT> extends AppendingState<IN, OUT, SYNCOUT> {}
