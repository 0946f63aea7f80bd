package io.millrace.yarn.submit;

import java.util.List;

/**
 * What a cluster gives an application at most, and has free now. Immutable.
 *
 * @param refusals why it would not take the application at all; empty if it would
 * @param queueStopped whether the queue takes no applications now
 * @param queueFreeMb memory that the queue can still give now; −1 if the scheduler does not say
 * @param queueMostMb memory that the queue may ever have of the nodes that are there; −1 if the
 *     scheduler does not say
 * @param clusterFreeMb memory that no container has now, of all nodes
 * @param clusterMb memory of all nodes
 * @param largestNodeMb memory of the largest node
 * @param tokens by which containers act
 */
public record ClusterLimits(
        List<String> refusals,
        boolean queueStopped,
        long queueFreeMb,
        long queueMostMb,
        long clusterFreeMb,
        long clusterMb,
        long largestNodeMb,
        Tokens tokens) {
    /**
     * How long who runs a job may act for its owner. Immutable.
     *
     * @param secure whether containers act with tokens, by Kerberos; else nothing else counts
     * @param ticketLeftMs until the caller's own ticket ends, without which there are no tokens; −1
     *     if there is none, as where the process acts with tokens itself
     * @param lifetimeMs after which a token of the file system ends for good, however often it is
     *     renewed, as far as the client's configuration tells
     * @param obtainedAnew whether the job takes a keytab along, with which it gets new ones
     */
    public record Tokens(boolean secure, long ticketLeftMs, long lifetimeMs, boolean obtainedAnew) {
        public static final Tokens NOT_NEEDED = new Tokens(false, -1, Long.MAX_VALUE, false);
    }

    public ClusterLimits {
        refusals = List.copyOf(refusals);
    }
}
