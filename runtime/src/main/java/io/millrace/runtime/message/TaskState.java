package io.millrace.runtime.message;

/**
 * Where an attempt stands.
 *
 * <pre>
 * CREATED → DEPLOYING → RUNNING → FINISHED
 *    each but the last also → CANCELING → CANCELED, and → FAILED
 * </pre>
 */
public enum TaskState {
    CREATED,
    DEPLOYING,
    RUNNING,
    FINISHED,
    CANCELING,
    CANCELED,
    FAILED;

    public boolean isTerminal() {
        return this == FINISHED || this == CANCELED || this == FAILED;
    }
}
