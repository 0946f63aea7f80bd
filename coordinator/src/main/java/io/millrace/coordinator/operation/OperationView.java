package io.millrace.coordinator.operation;

import io.millrace.runtime.message.FailureReport;

/**
 * An operation and how far it has come. Immutable.
 *
 * @param path of its savepoint, or of the one that it was to become; null before it has a place
 * @param failure why it has failed; null unless it has
 * @param note what its asker must know beside: what is not committed, and how that can be done;
 *     null if there is nothing
 */
public record OperationView(
        Operation operation, State state, String path, FailureReport failure, String note) {

    /** How far it has come: from left to right, and it ends once. */
    public enum State {
        /**
         * It waits for its place, for tasks to run, or for checkpoints and savepoints before it.
         */
        PENDING,
        /** Its savepoint is being written, or the job ends. */
        RUNNING,
        COMPLETED,
        FAILED;

        public boolean isOver() {
            return this == COMPLETED || this == FAILED;
        }
    }

    OperationView at(String place) {
        return new OperationView(operation, state, place, failure, note);
    }

    OperationView running() {
        return new OperationView(operation, State.RUNNING, path, null, null);
    }

    OperationView ended(FailureReport why, String beside) {
        return new OperationView(
                operation, why == null ? State.COMPLETED : State.FAILED, path, why, beside);
    }
}
