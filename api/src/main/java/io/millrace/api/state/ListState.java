package io.millrace.api.state;

import java.util.List;

/**
 * A list: for each key of a keyed stream, or for each subtask of an operator. Confined to the task.
 *
 * <p>Of a keyed stream, {@code get()} gives null for a key without elements; of an operator, an
 * empty list.
 *
 * @param <T> the elements, never null
 */
public interface ListState<T> extends MergingState<T, Iterable<T>> {
    /**
     * Replaces all elements.
     *
     * @param values not null and without null; empty to forget all
     */
    void update(List<T> values) throws Exception;

    /**
     * Adds elements at the end.
     *
     * @param values not null and without null; empty to do nothing
     */
    void addAll(List<T> values) throws Exception;
}
