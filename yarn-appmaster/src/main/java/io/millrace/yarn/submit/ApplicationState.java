package io.millrace.yarn.submit;

/**
 * How an application of ours stands, as the ResourceManager tells it. Immutable.
 *
 * @param runTag null if it was run without a tag
 * @param diagnostics of a failed application: first line {@code CODE: root cause}; of one that
 *     succeeded: its last job; else what it waits for; may be empty
 * @param restUrl base of the application master's REST API, ending in {@code /}; null while there
 *     is none
 * @param trackingUrl its page through the ResourceManager's proxy; null while there is none
 * @param progress 0 to 1
 * @param finishedMs 0 while it has not ended
 */
public record ApplicationState(
        String applicationId,
        String name,
        String user,
        String queue,
        String runTag,
        Phase phase,
        String diagnostics,
        String restUrl,
        String trackingUrl,
        float progress,
        long startedMs,
        long finishedMs) {

    /**
     * Where an application stands.
     *
     * <pre>
     * WAITING → RUNNING → SUCCEEDED
     *    either also → FAILED, and → KILLED
     * </pre>
     */
    public enum Phase {
        /** Accepted; the application master has no container, or has not registered yet. */
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        /** Cancelled, or killed by somebody who may. */
        KILLED;

        public boolean isTerminal() {
            return this == SUCCEEDED || this == FAILED || this == KILLED;
        }
    }
}
