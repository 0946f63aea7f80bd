package io.millrace.api.state;

/**
 * State of which two can become one, as when windows merge. Confined to the task.
 *
 * @param <IN> what is added
 * @param <OUT> what comes of it
 */
public interface MergingState<IN, OUT> extends AppendingState<IN, OUT> {}
