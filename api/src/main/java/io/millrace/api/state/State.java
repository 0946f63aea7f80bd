package io.millrace.api.state;

/** What a function keeps under a name. Confined to the task. */
public interface State {
    /** Forgets everything; for keyed state, of the current key. */
    void clear();
}
