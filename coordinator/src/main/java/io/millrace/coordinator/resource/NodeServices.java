package io.millrace.coordinator.resource;

import io.millrace.runtime.message.NodeService;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which workers' results the shuffle services of their nodes serve, too. Confined to the
 * coordinator's thread.
 *
 * <p>A service is believed until results of workers that have ended could not be read there twice;
 * then workers on that node serve what they write themselves.
 */
public final class NodeServices {
    private static final int MOST_FAILURES = 2;

    private final Map<String, NodeService> byWorker = new TreeMap<>();
    private final Map<String, Integer> failuresByNode = new TreeMap<>();

    /** A worker was started with its node's service; it may not have registered yet. */
    public void serves(String workerId, NodeService service) {
        byWorker.put(workerId, service);
    }

    /** What serves the results of a worker when it is gone; null if nothing does. */
    public NodeService of(String workerId) {
        NodeService service = byWorker.get(workerId);
        return service == null || isDistrusted(service) ? null : service;
    }

    private boolean isDistrusted(NodeService service) {
        return failuresByNode.getOrDefault(service.node(), 0) >= MOST_FAILURES;
    }

    /** A result could not be read there, whose worker is gone. */
    public void onUnreadable(NodeService service) {
        failuresByNode.merge(service.node(), 1, Integer::sum);
    }

    /** The worker will write nothing more. */
    void forget(String workerId) {
        byWorker.remove(workerId);
    }
}
