package io.millrace.api.state.v2;

/**
 * An accumulator for each key, to which values are added and from which a result is taken. Confined
 * to the task.
 *
 * @param <IN> what is added
 * @param <OUT> the result
 */
public interface AggregatingState<IN, OUT> extends MergingState<IN, OUT, OUT> {}
