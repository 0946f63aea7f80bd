package io.millrace.coordinator.simulation;

/** A simulated run did what must never happen. The message names the invariant and the evidence. */
final class InvariantBroken extends AssertionError {
    private static final long serialVersionUID = 1L;

    InvariantBroken(String invariant, String evidence) {
        super(invariant + ": " + evidence);
    }
}
