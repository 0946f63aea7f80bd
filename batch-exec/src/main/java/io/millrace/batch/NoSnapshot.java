package io.millrace.batch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/** Why there is no checkpoint of an operator that keeps records until its input ends. Pure. */
final class NoSnapshot {
    private NoSnapshot() {}

    /** The checkpoint is declined with it, and the operator goes on. */
    static MillraceException of(String operator) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_DECLINED,
                "'"
                        + operator
                        + "' keeps records that no checkpoint or savepoint has."
                        + " Wait for the end of the job, or run it in batch mode, which needs"
                        + " none.");
    }
}
