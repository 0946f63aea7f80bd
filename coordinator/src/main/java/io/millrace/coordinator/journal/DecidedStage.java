package io.millrace.coordinator.journal;

import io.millrace.runtime.plan.RangeCut;
import java.util.List;

/**
 * How many subtasks a stage has for which the program left that open. Immutable.
 *
 * @param ends of the ranges that each subtask reads, as in {@code Shares}
 * @param cuts as in {@code Shares}
 */
public record DecidedStage(int vertexId, List<Integer> ends, List<RangeCut> cuts) {
    public DecidedStage {
        ends = List.copyOf(ends);
        cuts = List.copyOf(cuts);
    }
}
