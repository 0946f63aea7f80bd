package io.millrace.runtime.message;

import io.millrace.runtime.plan.AttemptId;

/**
 * Counters of one attempt since it began. Immutable.
 *
 * @param busyNanos time in turns that did work
 * @param stalledNanos time in which an output was full
 */
public record TaskProgress(
        AttemptId attempt,
        TaskState state,
        long recordsIn,
        long recordsOut,
        long bytesIn,
        long bytesOut,
        long busyNanos,
        long stalledNanos) {}
