package io.millrace.api.window;

/**
 * An assigner of windows that last from a record until no other has come for a time.
 *
 * @param <T> the records
 */
public interface SessionAssigner<T> {
    /** How long a session lasts after this record, in milliseconds, at least 1. */
    long gapAfter(T element);
}
