package io.millrace.api.source;

import java.util.List;
import java.util.Map;

/** Splits by the subtask that shall read them. Immutable. */
public final class SplitsAssignment<SplitT extends SourceSplit> {
    private final Map<Integer, List<SplitT>> assignment;

    public SplitsAssignment(Map<Integer, List<SplitT>> assignment) {
        this.assignment = Map.copyOf(assignment);
    }

    public SplitsAssignment(SplitT split, int subtask) {
        this(Map.of(subtask, List.of(split)));
    }

    public Map<Integer, List<SplitT>> assignment() {
        return assignment;
    }

    @Override
    public String toString() {
        return assignment.toString();
    }
}
