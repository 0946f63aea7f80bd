package io.millrace.runtime.operator.window;

/**
 * A record of the tests. Immutable.
 *
 * @param gap of its session, milliseconds
 */
record Event(String key, long id, long gap) {
    Event(String key, long id) {
        this(key, id, 1);
    }
}
