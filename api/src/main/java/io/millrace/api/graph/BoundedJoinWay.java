package io.millrace.api.graph;

/** How a subtask finds the pairs of a join of two bounded streams. */
public enum BoundedJoinWay {
    /** By a table of the first stream's records. */
    TABLE_OF_FIRST,
    /** By a table of the second stream's records. */
    TABLE_OF_SECOND,
    /** By sorting both. */
    SORT
}
