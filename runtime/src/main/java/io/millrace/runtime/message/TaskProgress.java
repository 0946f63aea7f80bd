package io.millrace.runtime.message;

import io.millrace.runtime.plan.AttemptId;
import java.util.List;

/**
 * Counters of one attempt since it began. Immutable.
 *
 * @param busyNanos time in turns that did work
 * @param stalledNanos time in which an output was full
 * @param accumulators those of user functions: while the attempt runs, as they were about a
 *     heartbeat ago and the small ones only; all of them, exact, when it has finished
 * @param time where event time stands, as it was about a heartbeat ago
 */
public record TaskProgress(
        AttemptId attempt,
        TaskState state,
        long recordsIn,
        long recordsOut,
        long bytesIn,
        long bytesOut,
        long busyNanos,
        long stalledNanos,
        List<AccumulatorValue> accumulators,
        TaskTime time) {

    public TaskProgress {
        accumulators = List.copyOf(accumulators);
    }

    public TaskProgress with(List<AccumulatorValue> values) {
        return new TaskProgress(
                attempt,
                state,
                recordsIn,
                recordsOut,
                bytesIn,
                bytesOut,
                busyNanos,
                stalledNanos,
                values,
                time);
    }

    /** Without a word about event time. */
    public TaskProgress(
            AttemptId attempt,
            TaskState state,
            long recordsIn,
            long recordsOut,
            long bytesIn,
            long bytesOut,
            long busyNanos,
            long stalledNanos,
            List<AccumulatorValue> accumulators) {
        this(
                attempt,
                state,
                recordsIn,
                recordsOut,
                bytesIn,
                bytesOut,
                busyNanos,
                stalledNanos,
                accumulators,
                TaskTime.NONE);
    }

    /** Without accumulators and event time. */
    public TaskProgress(
            AttemptId attempt,
            TaskState state,
            long recordsIn,
            long recordsOut,
            long bytesIn,
            long bytesOut,
            long busyNanos,
            long stalledNanos) {
        this(
                attempt,
                state,
                recordsIn,
                recordsOut,
                bytesIn,
                bytesOut,
                busyNanos,
                stalledNanos,
                List.of());
    }
}
