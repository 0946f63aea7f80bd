package io.millrace.runtime.task;

import io.millrace.runtime.accumulator.TaskAccumulators;
import io.millrace.runtime.message.AccumulatorValue;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.TaskTime;
import io.millrace.runtime.plan.AttemptId;
import java.util.List;

/** The counters of a task: published by its turns, read by any thread. */
final class TaskCounters {
    private final AttemptId attempt;
    private final TaskAccumulators accumulators;
    // Confined to the task.
    private long busyNanos;
    private long stalledNanos;
    private TaskTime time = TaskTime.NONE;
    // Written by the task after each turn, read by heartbeats: one reference, so the numbers agree.
    private volatile TaskProgress published;

    TaskCounters(AttemptId attempt, TaskAccumulators accumulators) {
        this.attempt = attempt;
        this.accumulators = accumulators;
        this.published = new TaskProgress(attempt, TaskState.DEPLOYING, 0, 0, 0, 0, 0, 0);
    }

    /** Where event time stands; told with the next numbers. */
    void time(TaskTime now) {
        time = now;
    }

    void busy(long nanos) {
        busyNanos += nanos;
    }

    void stalled(long nanos) {
        stalledNanos += nanos;
    }

    void publish(TaskState state, long recordsIn, long recordsOut, long bytesIn, long bytesOut) {
        published =
                new TaskProgress(
                        attempt,
                        state,
                        recordsIn,
                        recordsOut,
                        bytesIn,
                        bytesOut,
                        busyNanos,
                        stalledNanos,
                        List.of(),
                        time);
    }

    /** The same numbers with another state. */
    void publish(TaskState state) {
        TaskProgress last = published;
        publish(state, last.recordsIn(), last.recordsOut(), last.bytesIn(), last.bytesOut());
    }

    /** Any thread. */
    TaskProgress progress() {
        TaskProgress now = published;
        List<AccumulatorValue> told = accumulators.published();
        return told.isEmpty() ? now : now.with(told);
    }
}
