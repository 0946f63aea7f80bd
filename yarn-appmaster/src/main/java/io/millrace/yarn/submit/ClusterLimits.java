package io.millrace.yarn.submit;

import java.util.List;

/**
 * What a cluster gives an application at most, and has free now. Immutable.
 *
 * @param refusals why it would not take the application at all; empty if it would
 * @param queueStopped whether the queue takes no applications now
 * @param queueFreeMb memory that the queue can still give now; −1 if the scheduler does not say
 * @param clusterFreeMb memory that no container has now, of all nodes
 * @param largestNodeMb memory of the largest node
 * @param secure whether containers act with tokens, by Kerberos
 * @param tokenLifetimeMs after which a token of the file system ends for good, as far as the
 *     client's configuration tells
 */
public record ClusterLimits(
        List<String> refusals,
        boolean queueStopped,
        long queueFreeMb,
        long clusterFreeMb,
        long largestNodeMb,
        boolean secure,
        long tokenLifetimeMs) {
    public ClusterLimits {
        refusals = List.copyOf(refusals);
    }
}
