package io.millrace.coordinator.blocklist;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The nodes that get no new tasks and workers, and the failures that speak against others. Decides;
 * touches nothing. Confined to the coordinator's thread.
 *
 * <p>A node is blocked for being slow, or for failures that it has had and others have not: what
 * goes wrong everywhere is no node's fault. At most half of the known nodes are blocked at a time,
 * rounded down; so a single one never is.
 */
public final class Blocklist {
    private final BlocklistSettings settings;
    private final Map<String, BlockedNode> blocked = new TreeMap<>();
    // When they happened, of each node.
    private final Map<String, Deque<Long>> failures = new TreeMap<>();

    public Blocklist(BlocklistSettings settings) {
        this.settings = settings;
    }

    /**
     * Something speaks against a node.
     *
     * @param nodes that have workers
     * @return whether the node is blocked now and was not before
     */
    public boolean onTrouble(NodeTrouble trouble, Collection<String> nodes, long nowMs) {
        if (!settings.enabled()) {
            return false;
        }
        Set<String> known = new TreeSet<>(nodes);
        known.addAll(blocked.keySet());
        known.add(trouble.node());
        if (trouble.blockMs() > 0) {
            return block(trouble.node(), nowMs + trouble.blockMs(), trouble.reason(), known);
        }
        count(trouble.node(), nowMs);
        int own = failuresOf(trouble.node());
        int ofOthers = known.stream().mapToInt(this::failuresOf).sum() - own;
        boolean standsOut = (long) own * (known.size() - 1) >= 2L * ofOthers;
        if (own < settings.failures() || !standsOut) {
            return false;
        }
        String reason =
                String.format(
                        "%d failures there within %d s (cluster.blocklist.failures), the last one:"
                                + " %s",
                        own, settings.windowMs() / 1_000, trouble.reason());
        return block(trouble.node(), nowMs + settings.durationMs(), reason, known);
    }

    private void count(String node, long nowMs) {
        failures.computeIfAbsent(node, key -> new ArrayDeque<>()).addLast(nowMs);
        long since = nowMs - settings.windowMs();
        failures.values()
                .removeIf(
                        times -> {
                            while (!times.isEmpty()
                                    && (times.peekFirst() < since
                                            || times.size() > settings.failures() * 4)) {
                                times.removeFirst();
                            }
                            return times.isEmpty();
                        });
    }

    private int failuresOf(String node) {
        Deque<Long> times = failures.get(node);
        return times == null ? 0 : times.size();
    }

    private boolean block(String node, long untilMs, String reason, Set<String> known) {
        BlockedNode before = blocked.get(node);
        if (before != null) {
            if (before.untilMs() < untilMs) {
                blocked.put(node, new BlockedNode(node, untilMs, reason));
            }
            return false;
        }
        if (2 * (blocked.size() + 1) > known.size()) {
            return false;
        }
        blocked.put(node, new BlockedNode(node, untilMs, reason));
        return true;
    }

    /** Ends the blocks that are over; returns whether there were any. */
    public boolean expire(long nowMs) {
        List<BlockedNode> over =
                blocked.values().stream().filter(node -> node.untilMs() <= nowMs).toList();
        over.forEach(node -> forget(node.node()));
        return !over.isEmpty();
    }

    /** Ends all blocks: their nodes are needed. */
    public void liftAll() {
        List.copyOf(blocked.keySet()).forEach(this::forget);
    }

    private void forget(String node) {
        blocked.remove(node);
        failures.remove(node);
    }

    public boolean isBlocked(String node) {
        return blocked.containsKey(node);
    }

    public boolean isEmpty() {
        return blocked.isEmpty();
    }

    /** When the next block ends; {@code Long.MAX_VALUE} if there is none. */
    public long nextEndMs() {
        return blocked.values().stream()
                .mapToLong(BlockedNode::untilMs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** In the order of their names. */
    public List<BlockedNode> nodes() {
        return new ArrayList<>(blocked.values());
    }
}
