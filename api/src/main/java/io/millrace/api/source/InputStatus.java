package io.millrace.api.source;

/** What a reader can say after a poll. */
public enum InputStatus {
    /** Poll again at once. */
    MORE_AVAILABLE,
    /** Poll again when {@code isAvailable} completes. */
    NOTHING_AVAILABLE,
    /** Never poll again. */
    END_OF_INPUT
}
