package io.millrace.coordinator;

/**
 * Names a timer. Setting a timer of the same name replaces it. Immutable.
 *
 * @param purpose what happens when it fires
 * @param subject the worker or job that it is about, or a job's id, a slash and the region; empty
 *     for the coordinator itself
 * @param generation lets a late firing be told from a fresh one
 */
public record TimerId(Purpose purpose, String subject, int generation) {
    /** What timers are for. */
    public enum Purpose {
        WORKER_HEARTBEAT,
        RESTART_DELAY,
        WORKERS_WANTED,
        WORKERS_IDLE,
        WORKERS_RETURN,
        CANCEL_DEADLINE,
        SLOW_TASKS,
        NODE_BLOCKED,
        BLOCKED_NODES_NEEDED,
        COMMIT_RETRY,
        CHECKPOINT_DUE,
        CHECKPOINT_TIMEOUT,
        CHECKPOINT_COMMIT_RETRY,
        CHECKPOINTS_READ_RETRY
    }
}
