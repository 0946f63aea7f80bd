package io.millrace.api.bounded;

/**
 * How a join is to be done. Results are the same, but for their order; time and memory are not. The
 * first stream is the one that {@code join} is called on.
 */
public enum JoinHint {
    /** As {@link #REPARTITION_HASH_SECOND}: the smaller stream stands second. */
    OPTIMIZER_CHOOSES,
    /**
     * Each subtask gets all of the first stream into its table; the second one stays where it is.
     * For a first stream of which a whole copy fits into the memory of each subtask.
     */
    BROADCAST_HASH_FIRST,
    /** The same the other way round. */
    BROADCAST_HASH_SECOND,
    /** Both are dealt by key; the first stream's records are kept in a table. */
    REPARTITION_HASH_FIRST,
    /** Both are dealt by key; the second stream's records are kept in a table. */
    REPARTITION_HASH_SECOND,
    /**
     * Both are dealt by key and sorted. For two streams of which neither fits into memory by far.
     */
    REPARTITION_SORT_MERGE
}
