package io.millrace.api.state.v2;

import java.util.List;

/**
 * A list for each key. Confined to the task.
 *
 * @param <T> the elements, never null
 */
public interface ListState<T> extends MergingState<T, StateIterator<T>, Iterable<T>> {
    /** Replaces all elements. */
    StateFuture<Void> asyncUpdate(List<T> values);

    /** Adds elements at the end. */
    StateFuture<Void> asyncAddAll(List<T> values);

    /** Replaces all elements. */
    void update(List<T> values);

    /** Adds elements at the end. */
    void addAll(List<T> values);
}
