package io.millrace.api.state;

import java.io.IOException;

/**
 * One value for each key of a keyed stream. Confined to the task.
 *
 * @param <T> the value
 */
public interface ValueState<T> extends State {
    /** The value of the current key; the descriptor's default, else null, if there is none. */
    T value() throws IOException;

    /**
     * Replaces the value of the current key.
     *
     * @param value null to forget it, as {@link #clear}
     */
    void update(T value) throws IOException;
}
