package io.millrace.yarn.submit;

import io.millrace.runtime.wire.AppSecret;

/**
 * An application that stands for a submission. Immutable.
 *
 * @param secret of a new one, the only copy outside of the cluster's containers: who holds it may
 *     cancel; null for the others
 */
public record SubmittedApplication(String applicationId, AppSecret secret, Origin origin) {
    /** Where it comes from. */
    public enum Origin {
        /** From this submission. */
        NEW,
        /** From an earlier one with the same tag; it has not ended. */
        RUNNING,
        /** From an earlier one with the same tag that is run once; it has succeeded. */
        DONE
    }
}
