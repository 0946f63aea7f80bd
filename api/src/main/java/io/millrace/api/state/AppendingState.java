package io.millrace.api.state;

/**
 * State that values are added to. Confined to the task.
 *
 * @param <IN> what is added
 * @param <OUT> what comes of it
 */
public interface AppendingState<IN, OUT> extends State {
    /** What has come of the values so far; null if none was added. */
    OUT get() throws Exception;

    /**
     * Adds a value, which must not be changed afterwards.
     *
     * @param value not null, unless the state's implementation says otherwise
     */
    void add(IN value) throws Exception;
}
