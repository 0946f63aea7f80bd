package io.millrace.runtime.plan;

import java.util.List;

/**
 * How the subtasks of a vertex share the ranges of what they read, where the parallelism of the
 * vertex follows from the bytes of these ranges. Immutable.
 *
 * @param ranges that each writer makes of what it deals out to the vertex
 * @param ends for each subtask the range behind its last one, ascending; empty until it is decided
 */
public record Shares(int ranges, List<Integer> ends) {
    public Shares {
        ends = List.copyOf(ends);
        int before = 0;
        for (int end : ends) {
            if (end <= before) {
                throw new IllegalArgumentException("a subtask has no range: " + ends);
            }
            before = end;
        }
        if (ranges < 1 || !ends.isEmpty() && before != ranges) {
            throw new IllegalArgumentException(ends + " are not " + ranges + " ranges");
        }
    }

    public boolean isDecided() {
        return !ends.isEmpty();
    }

    /** The first range of a subtask; before it is decided, it may be any. */
    int from(int subtask) {
        return subtask == 0 || !isDecided() ? 0 : ends.get(subtask - 1);
    }

    /** Behind the last range of a subtask. */
    int to(int subtask) {
        return isDecided() ? ends.get(subtask) : ranges;
    }
}
