package io.millrace.coordinator.failover;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.runtime.message.FailureReport;

/**
 * Which failures a job tries to outlive. Immutable.
 *
 * <p>A function that threw will mostly throw again for the same record, so by itself that ends the
 * job. A program that takes checkpoints, or sets a restart strategy, has said that it wants to go
 * on: what failed may be the other system that its function asked.
 */
public enum Retries {
    /** What is nobody's or the cluster's fault. */
    OF_THE_SURROUNDINGS,
    /** Exceptions of the program's functions, too. */
    OF_USER_CODE;

    /** Whether the job ends with this failure, whatever its restart strategy says. */
    public boolean isFinal(FailureReport failure) {
        if (this == OF_USER_CODE && failure.code() == ErrorCode.USER_CODE_FAILED) {
            return false;
        }
        return failure.code().advice() == Advice.FAIL;
    }
}
