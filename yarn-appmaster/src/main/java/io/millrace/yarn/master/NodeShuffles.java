package io.millrace.yarn.master;

import io.millrace.batch.shuffle.ShuffleServer;
import java.util.HashSet;
import java.util.Set;

/**
 * On which nodes workers leave their results to the shuffle service. Decides, touches nothing.
 * Confined to the driver's thread.
 *
 * <p>A container start is the probe: a node without the service refuses it. Nodes of a cluster are
 * mostly alike, so after one has refused only those are asked that have accepted before.
 */
final class NodeShuffles {
    private final ShuffleServer server;
    private final Set<String> accepted = new HashSet<>();
    private boolean refused;

    NodeShuffles(ShuffleServer server) {
        this.server = server;
    }

    /** Whether to ask for the service with the next container on this node. */
    boolean isAsked(String node) {
        return switch (server) {
            case NODE -> true;
            case WORKER -> false;
            case AUTO -> !refused || accepted.contains(node);
        };
    }

    void onAccepted(String node) {
        accepted.add(node);
    }

    /**
     * The node has no such service.
     *
     * @return whether to go on without it
     */
    boolean onRefused(String node) {
        refused = true;
        accepted.remove(node);
        return server == ShuffleServer.AUTO;
    }
}
