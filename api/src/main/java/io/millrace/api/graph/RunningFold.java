package io.millrace.api.graph;

import io.millrace.api.function.ReduceFunction;

/**
 * A reduce function of the API's own, whose fold the engine may keep in a form that changes in
 * place, instead of as a new record for each record. Confined to its task.
 *
 * <p>A state belongs to one key. {@code begin}, {@code add} any number of times, and {@code result}
 * at any time give what {@code reduce} over the same records gives.
 */
public interface RunningFold<T> extends ReduceFunction<T> {
    /**
     * The state after the first record of a key.
     *
     * @param first handed over: nobody else changes it
     */
    Object begin(T first);

    /** Folds one more record, which is only read. */
    void add(Object state, T record);

    /**
     * Reads what {@code add} and {@code result} will need of a state, so that the processor fetches
     * it for many keys at once.
     *
     * @return any number that was read
     */
    default int touch(Object state) {
        return 0;
    }

    /** The record that a result is made of; not to be changed. */
    T base(Object state);

    /**
     * The fold as it is now.
     *
     * @param base what {@code base} gave, or a copy of it
     * @param owned whether base is a copy that may be changed and become the result
     */
    T result(Object state, T base, boolean owned);
}
