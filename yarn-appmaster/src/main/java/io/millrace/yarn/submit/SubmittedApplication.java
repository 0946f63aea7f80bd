package io.millrace.yarn.submit;

import io.millrace.runtime.wire.AppSecret;

/**
 * An application that the cluster has accepted. Immutable.
 *
 * @param secret the only copy outside of the cluster's containers: who holds it may cancel
 */
public record SubmittedApplication(String applicationId, AppSecret secret) {}
