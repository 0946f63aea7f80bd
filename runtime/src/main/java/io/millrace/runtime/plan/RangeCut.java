package io.millrace.runtime.plan;

import java.util.List;

/**
 * A range that several subtasks share: each reads of one input what some of the writers have made
 * of it, and all of the range of the other inputs. Immutable.
 *
 * @param input that is dealt out by its writers
 * @param ends for each of these subtasks the writer behind its last one, ascending
 */
public record RangeCut(int range, int input, List<Integer> ends) {
    public RangeCut {
        ends = List.copyOf(ends);
        int before = 0;
        for (int end : ends) {
            if (end <= before) {
                throw new IllegalArgumentException("a subtask reads of no writer: " + ends);
            }
            before = end;
        }
        if (ends.size() < 2) {
            throw new IllegalArgumentException("not cut: " + ends);
        }
    }
}
