package io.millrace.runtime.task;

/**
 * How a task waits for barriers. Immutable.
 *
 * @param exactlyOnce whether channels wait behind their barriers
 * @param overtakeAfterNanos until records may be overtaken; {@link #NEVER} if they may not
 */
record AlignmentSettings(boolean exactlyOnce, long overtakeAfterNanos) {
    static final long NEVER = Long.MAX_VALUE;

    static final AlignmentSettings ALIGNED = new AlignmentSettings(true, NEVER);

    boolean overtakes() {
        return exactlyOnce && overtakeAfterNanos != NEVER;
    }
}
