package io.millrace.yarn.master;

import io.millrace.yarn.launch.ContainerExit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which containers there are, how many are asked for, and what to do about the difference. Decides,
 * touches nothing. Confined to the driver's thread.
 *
 * <p>Invariant after each call: running + asked = wanted, unless it gave up, or more are running
 * than wanted.
 */
final class ContainerBook {
    /** A container that ends sooner has failed to start, whatever its exit code. */
    static final long START_MS = 20_000;

    /** So many failed starts in a row, and asking for more is no use. */
    static final int MAX_FAILED_STARTS = 6;

    /** So many failures on one node, and it gets no more containers. */
    static final int MAX_FAILURES_OF_NODE = 3;

    private record Running(String node, long sinceMs) {}

    private final int limit;
    private final Map<String, Running> running = new HashMap<>();
    private final Map<String, Integer> failuresByNode = new HashMap<>();
    private final Set<String> avoided = new HashSet<>();
    private Set<String> blocked = Set.of();
    private int wanted;
    private int asked;
    private int failedStarts;
    private boolean gaveUp;

    /**
     * @param limit of containers, running and asked for
     */
    ContainerBook(int limit) {
        this.limit = limit;
    }

    /** How many requests to add (or, below zero, to take back). */
    int want(int count) {
        wanted = Math.min(count, limit);
        return balance();
    }

    /** How many requests to add so that the invariant holds again. */
    int rebalance() {
        return balance();
    }

    /** Whether to use a container that was granted; if not, it is to be given back. */
    boolean onGranted(String containerId, String node, long nowMs) {
        asked = Math.max(0, asked - 1);
        if (gaveUp || running.size() >= wanted || isAvoided(node)) {
            return false;
        }
        running.put(containerId, new Running(node, nowMs));
        return true;
    }

    /** A container of an earlier attempt runs yet, and is used. */
    void onFound(String containerId, String node, long nowMs) {
        running.put(containerId, new Running(node, nowMs));
    }

    /** A worker is not needed any more. Returns false if the container is none of ours. */
    boolean release(String containerId) {
        return running.remove(containerId) != null;
    }

    /**
     * What follows from the end of a container.
     *
     * @param known whether it was a worker of ours; the end of another says nothing
     * @param reason in words
     * @param avoidNode the node that gets no more containers from now on, or null
     * @param hopeless whether starts keep failing, so that nothing more is asked for
     * @param toAsk requests to add
     */
    record Ended(boolean known, String reason, String avoidNode, boolean hopeless, int toAsk) {}

    /**
     * @param nodes in the cluster; never more than a third of them are avoided
     */
    Ended onEnded(String containerId, int exitStatus, String diagnostics, int nodes, long nowMs) {
        Running ended = running.remove(containerId);
        if (ended == null) {
            return new Ended(false, "", null, false, balance());
        }
        boolean failed = ContainerExit.blamesNode(exitStatus);
        failedStarts = failed && nowMs - ended.sinceMs() < START_MS ? failedStarts + 1 : 0;
        String avoid = failed ? countFailure(ended.node(), nodes) : null;
        boolean nowHopeless = !gaveUp && failedStarts >= MAX_FAILED_STARTS;
        gaveUp |= nowHopeless;
        String reason =
                "container "
                        + containerId
                        + " on "
                        + ended.node()
                        + " ended: "
                        + ContainerExit.explain(exitStatus, diagnostics);
        return new Ended(true, reason, avoid, nowHopeless, balance());
    }

    /**
     * What changes for the cluster.
     *
     * @param more nodes that get no containers from now on
     * @param less nodes that get some again
     */
    record Avoidance(List<String> more, List<String> less) {}

    /** Only these are blocked for now, beside those that are avoided for good. */
    Avoidance block(Set<String> nodes) {
        Set<String> before = blocked;
        List<String> more = nodes.stream().filter(node -> !isAvoided(node)).sorted().toList();
        blocked = Set.copyOf(nodes);
        List<String> less = before.stream().filter(node -> !isAvoided(node)).sorted().toList();
        return new Avoidance(more, less);
    }

    private boolean isAvoided(String node) {
        return avoided.contains(node) || blocked.contains(node);
    }

    List<String> running() {
        return new ArrayList<>(running.keySet());
    }

    /** Requests that YARN has not answered yet. */
    int asked() {
        return asked;
    }

    private int balance() {
        int missing = gaveUp ? -asked : wanted - running.size() - asked;
        int change = Math.max(missing, -asked);
        asked += change;
        return change;
    }

    private String countFailure(String node, int nodes) {
        int failures = failuresByNode.merge(node, 1, Integer::sum);
        boolean mayAvoid = (avoided.size() + 1) * 3 <= nodes;
        return failures >= MAX_FAILURES_OF_NODE && mayAvoid && avoided.add(node) ? node : null;
    }
}
