package io.millrace.runtime.plan;

import java.util.List;

/**
 * A chain of operators that runs as one task per subtask. Immutable.
 *
 * @param id the node id of the first operator
 * @param parallelism the highest one while that is not decided
 * @param operators in an order in which each comes before those it is chained to; the first one
 *     reads the input edges, or is a source
 * @param shares null if the parallelism is the program's, and a subtask reads a range
 * @param parallelismSet whether the program says for one of the operators how many subtasks it has
 */
public record JobVertex(
        int id,
        String name,
        int parallelism,
        int maxParallelism,
        String slotSharingGroup,
        List<ChainedOperator> operators,
        Shares shares,
        boolean parallelismSet) {

    /** With a parallelism that is decided, and that the program leaves to whoever runs it. */
    public JobVertex(
            int id,
            String name,
            int parallelism,
            int maxParallelism,
            String slotSharingGroup,
            List<ChainedOperator> operators) {
        this(id, name, parallelism, maxParallelism, slotSharingGroup, operators, null, false);
    }

    public JobVertex {
        operators = List.copyOf(operators);
    }

    /**
     * The same with a parallelism that is to be decided.
     *
     * @param highest parallelism
     * @param ranges that are dealt out, at least as many
     */
    public JobVertex undecided(int highest, int ranges) {
        return undecided(highest, ranges, List.of());
    }

    /**
     * The same with a parallelism that is to be decided, and ranges that may be cut.
     *
     * @param cuttable as in {@link Shares}
     */
    public JobVertex undecided(int highest, int ranges, List<Integer> cuttable) {
        return sharedBy(highest, new Shares(ranges, List.of(), cuttable, List.of()));
    }

    /**
     * The same, decided.
     *
     * @param ends as in {@link Shares}
     */
    public JobVertex decided(List<Integer> ends) {
        return decided(ends, List.of());
    }

    /**
     * The same, decided.
     *
     * @param ends as in {@link Shares}
     * @param cuts as in {@link Shares}
     */
    public JobVertex decided(List<Integer> ends, List<RangeCut> cuts) {
        return sharedBy(ends.size(), new Shares(shares.ranges(), ends, shares.cuttable(), cuts));
    }

    /** Inputs of which ranges may be cut. */
    public List<Integer> cuttableInputs() {
        return shares == null ? List.of() : shares.cuttable();
    }

    /** Whether some subtasks read of some writers of an input only. */
    public boolean isCut(int input) {
        return shares != null && shares.isCut(input);
    }

    /** The first writer of an input that a subtask reads. */
    int firstWriter(int subtask, int input) {
        return shares == null ? 0 : shares.firstWriter(subtask, input);
    }

    /** Behind the last writer of an input that a subtask reads, of so many. */
    int endWriter(int subtask, int input, int writers) {
        return shares == null ? writers : shares.endWriter(subtask, input, writers);
    }

    private JobVertex sharedBy(int subtasks, Shares by) {
        return new JobVertex(
                id,
                name,
                subtasks,
                maxParallelism,
                slotSharingGroup,
                operators,
                by,
                parallelismSet);
    }

    /**
     * The same with another parallelism.
     *
     * @param subtasks at most {@link #maxParallelism}
     */
    public JobVertex scaledTo(int subtasks) {
        return new JobVertex(
                id,
                name,
                subtasks,
                maxParallelism,
                slotSharingGroup,
                operators,
                shares,
                parallelismSet);
    }

    /** Whether its parallelism follows from what it will read. */
    public boolean isUndecided() {
        return shares != null && !shares.isDecided();
    }

    /** How many ranges writers make of what they deal out to its subtasks. */
    public int ranges() {
        return shares == null ? parallelism : shares.ranges();
    }

    /** The first of the ranges that a subtask reads. */
    public int firstRange(int subtask) {
        return shares == null ? subtask : shares.from(subtask);
    }

    /** Behind the last of the ranges that a subtask reads. */
    public int endRange(int subtask) {
        return shares == null ? subtask + 1 : shares.to(subtask);
    }

    /** The first key group of a subtask. */
    public int firstKeyGroup(int subtask) {
        return KeyGroups.first(firstRange(subtask), ranges(), maxParallelism);
    }

    /** The last key group of a subtask, inclusive; lower than the first if it has none. */
    public int lastKeyGroup(int subtask) {
        return KeyGroups.first(endRange(subtask), ranges(), maxParallelism) - 1;
    }
}
