package io.millrace.api.state.v2;

/**
 * One value for each key, into which each added value is reduced. Confined to the task.
 *
 * @param <T> the values
 */
public interface ReducingState<T> extends MergingState<T, T, T> {}
