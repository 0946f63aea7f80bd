package io.millrace.coordinator.blocklist;

/**
 * Something that speaks against a node. Immutable.
 *
 * @param node its host's name
 * @param reason in words, as the middle of a sentence
 * @param blockMs how long it is blocked for this alone; 0 if this is one failure of several
 */
public record NodeTrouble(String node, String reason, long blockMs) {
    /** A task failed there, or a worker was lost, for which the program is not to blame. */
    public static NodeTrouble failure(String node, String reason) {
        return new NodeTrouble(node, reason, 0);
    }

    /** A task is slow there. */
    public static NodeTrouble slow(String node, String reason, long blockMs) {
        return new NodeTrouble(node, reason, blockMs);
    }
}
