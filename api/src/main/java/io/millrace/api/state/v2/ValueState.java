package io.millrace.api.state.v2;

/**
 * One value for each key. Confined to the task.
 *
 * @param <T> the value
 */
public interface ValueState<T> extends State {
    /** The value of the current key, or null. */
    StateFuture<T> asyncValue();

    /**
     * @param value null to forget it
     */
    StateFuture<Void> asyncUpdate(T value);

    /** The value of the current key, or null. */
    T value();

    /**
     * @param value null to forget it
     */
    void update(T value);
}
