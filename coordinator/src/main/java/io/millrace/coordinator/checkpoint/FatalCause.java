package io.millrace.coordinator.checkpoint;

import io.millrace.runtime.message.FailureReport;

/** Why the job must fail, until somebody asks. Confined to the coordinator's thread. */
final class FatalCause {
    private FailureReport cause;

    void is(FailureReport cause) {
        this.cause = cause;
    }

    /** Null if there is none. Told once. */
    FailureReport take() {
        FailureReport taken = cause;
        cause = null;
        return taken;
    }
}
