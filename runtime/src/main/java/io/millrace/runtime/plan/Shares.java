package io.millrace.runtime.plan;

import java.util.List;

/**
 * How the subtasks of a vertex share the ranges of what they read, where the parallelism of the
 * vertex follows from the bytes of these ranges. Immutable.
 *
 * @param ranges that each writer makes of what it deals out to the vertex
 * @param ends for each subtask the range behind its last one, ascending; empty until it is decided.
 *     Neighbours with equal ends share the one range in front, which is cut
 * @param cuttable inputs of which ranges may be cut; others would give other results
 * @param cuts of ranges that are, ascending
 */
public record Shares(int ranges, List<Integer> ends, List<Integer> cuttable, List<RangeCut> cuts) {
    public Shares {
        ends = List.copyOf(ends);
        cuttable = List.copyOf(cuttable);
        cuts = List.copyOf(cuts);
        int before = 0;
        int shared = 0;
        for (int i = 0; i < ends.size(); i++) {
            int end = ends.get(i);
            boolean repeated = i > 0 && end == ends.get(i - 1);
            if (end <= before && !repeated) {
                throw new IllegalArgumentException("a subtask has no range: " + ends);
            }
            shared += repeated ? 1 : 0;
            before = end;
        }
        int pieces = cuts.stream().mapToInt(cut -> cut.ends().size() - 1).sum();
        if (shared != pieces) {
            throw new IllegalArgumentException(
                    "a subtask has no range, or not that of a cut: " + ends + ", " + cuts);
        }
        if (ranges < 1 || !ends.isEmpty() && before != ranges) {
            throw new IllegalArgumentException(ends + " are not " + ranges + " ranges");
        }
    }

    /** Of ranges that have one reader each. */
    public Shares(int ranges, List<Integer> ends) {
        this(ranges, ends, List.of(), List.of());
    }

    public boolean isDecided() {
        return !ends.isEmpty();
    }

    /** The first range of a subtask; before it is decided, it may be any. */
    int from(int subtask) {
        int first = firstOfRange(subtask);
        return first == 0 || !isDecided() ? 0 : ends.get(first - 1);
    }

    /** Behind the last range of a subtask. */
    int to(int subtask) {
        return isDecided() ? ends.get(subtask) : ranges;
    }

    /** The first of those that share the subtask's range. */
    private int firstOfRange(int subtask) {
        int first = subtask;
        while (first > 0 && isDecided() && ends.get(first - 1).equals(ends.get(subtask))) {
            first--;
        }
        return first;
    }

    /** Whether readers of an input may each read a part of the writers only. */
    boolean isCut(int input) {
        return cuts.stream().anyMatch(cut -> cut.input() == input);
    }

    /** The first writer of an input that a subtask reads. */
    int firstWriter(int subtask, int input) {
        int piece = subtask - firstOfRange(subtask);
        RangeCut cut = piece == 0 ? null : cutOf(subtask, input);
        return cut == null ? 0 : cut.ends().get(piece - 1);
    }

    /** Behind the last writer of an input that a subtask reads, of so many. */
    int endWriter(int subtask, int input, int writers) {
        RangeCut cut = cutOf(subtask, input);
        return cut == null ? writers : cut.ends().get(subtask - firstOfRange(subtask));
    }

    /** Null if the subtask reads of all writers. */
    private RangeCut cutOf(int subtask, int input) {
        for (RangeCut cut : cuts) {
            if (cut.input() == input && ends.get(subtask) == cut.range() + 1) {
                return cut;
            }
        }
        return null;
    }
}
