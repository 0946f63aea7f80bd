package io.millrace.api.state;

/**
 * One value for each key, into which each added value is reduced by a function. Confined to the
 * task.
 *
 * @param <T> the values
 */
public interface ReducingState<T> extends MergingState<T, T> {}
