package io.millrace.api.accumulator;

import java.io.Serializable;

/**
 * Collects values in one subtask and merges with those of others. Travels by Java serialization, so
 * its fields are serializable.
 *
 * <p>Confined to the task, which adds to it and also clones it to tell its value.
 *
 * @param <V> values added
 * @param <R> the result
 */
public interface Accumulator<V, R extends Serializable> extends Serializable, Cloneable {
    void add(V value);

    /** What this one has collected so far. */
    R getLocalValue();

    /** As if nothing had been added. */
    void resetLocal();

    /** Takes over what {@code other} has collected, as if it had been added here. */
    void merge(Accumulator<V, R> other);

    /** A copy that does not change with this one. */
    Accumulator<V, R> clone();
}
