package io.millrace.api.state.v2;

/** What a function keeps under a name for each key. Confined to the task. */
public interface State {
    StateFuture<Void> asyncClear();

    /** Forgets everything of the current key. */
    void clear();
}
