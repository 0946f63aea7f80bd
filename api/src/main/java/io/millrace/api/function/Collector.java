package io.millrace.api.function;

/**
 * Takes the records that a function emits. Confined to the call that it was given to.
 *
 * @param <T> records out
 */
public interface Collector<T> {
    /** Emits a record; the caller does not change it afterwards. */
    void collect(T record);

    void close();
}
