package io.millrace.coordinator.journal;

import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.AttemptId;
import java.util.List;

/**
 * A subtask of a stage has finished, or what it had finished does not count any more. Immutable.
 *
 * @param attempt that has finished, or whose end does not count
 * @param worker where it ran; null if it does not count
 * @param progress the counters at its end; null if it does not count
 * @param committables of its sinks
 * @param results for later stages
 */
public record SubtaskStep(
        AttemptId attempt,
        WorkerAddress worker,
        TaskProgress progress,
        List<OperatorCommittables> committables,
        List<StoredResult> results) {
    private static final int FIXED_BYTES = 200;
    private static final int RANGE_BYTES = 10;

    public SubtaskStep {
        committables = List.copyOf(committables);
        results = List.copyOf(results);
    }

    public static SubtaskStep forgotten(AttemptId attempt) {
        return new SubtaskStep(attempt, null, null, List.of(), List.of());
    }

    /** Whether it has finished. */
    public boolean finished() {
        return worker != null;
    }

    /** About the bytes that it takes in an entry. */
    public long bytes() {
        long bytes = FIXED_BYTES;
        for (StoredResult result : results) {
            bytes += FIXED_BYTES + (long) RANGE_BYTES * result.ranges().size();
        }
        for (OperatorCommittables prepared : committables) {
            bytes += prepared.committables().stream().mapToLong(each -> each.length).sum();
        }
        if (progress != null) {
            bytes +=
                    progress.accumulators().stream()
                            .mapToLong(value -> value.bytes() == null ? 0 : value.bytes().length)
                            .sum();
        }
        return bytes;
    }
}
