package io.millrace.coordinator.job;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.blocklist.NodeTrouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The handling of one event: its time, and what came of it so far. Confined to the coordinator's
 * thread, and gone when the event has been handled.
 */
public final class Turn {
    private final long nowMs;
    private final List<Effect> effects = new ArrayList<>();
    private final Map<String, String> givenUp = new LinkedHashMap<>();
    private final List<NodeTrouble> troubles = new ArrayList<>();

    public Turn(long nowMs) {
        this.nowMs = nowMs;
    }

    public long nowMs() {
        return nowMs;
    }

    public void add(Effect effect) {
        effects.add(effect);
    }

    public void addAll(List<Effect> more) {
        effects.addAll(more);
    }

    /** Asks to end a worker, which concerns every job that uses it. */
    void giveUp(String workerId, String reason) {
        givenUp.putIfAbsent(workerId, reason);
    }

    /** Says what speaks against a node. */
    public void blame(NodeTrouble trouble) {
        troubles.add(trouble);
    }

    /** What speaks against nodes; empties the list. */
    public List<NodeTrouble> takeTroubles() {
        List<NodeTrouble> taken = List.copyOf(troubles);
        troubles.clear();
        return taken;
    }

    /** The workers to end, with the reasons; empties the list. */
    public Map<String, String> takeGivenUp() {
        Map<String, String> taken = new LinkedHashMap<>(givenUp);
        givenUp.clear();
        return taken;
    }

    public List<Effect> effects() {
        return List.copyOf(effects);
    }
}
