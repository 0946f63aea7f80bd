package io.millrace.api.graph;

/** Which records a join of two bounded streams gives. */
public enum BoundedJoinKind {
    /** Pairs. */
    INNER(false, false),
    /** Pairs, and first records without a partner. */
    LEFT_OUTER(true, false),
    /** Pairs, and second records without a partner. */
    RIGHT_OUTER(false, true),
    /** Pairs, and records without a partner. */
    FULL_OUTER(true, true),
    /** First records that have a partner, each once. */
    SEMI(true, false),
    /** First records that have none. */
    ANTI(true, false);

    private final boolean tellsOfFirst;
    private final boolean tellsOfSecond;

    BoundedJoinKind(boolean tellsOfFirst, boolean tellsOfSecond) {
        this.tellsOfFirst = tellsOfFirst;
        this.tellsOfSecond = tellsOfSecond;
    }

    /** Whether results are of pairs, or else of first records alone. */
    public boolean hasPairs() {
        return this != SEMI && this != ANTI;
    }

    /** Whether it matters if a first record has a partner. */
    public boolean tellsOfFirst() {
        return tellsOfFirst;
    }

    /** Whether it matters if a second record has a partner. */
    public boolean tellsOfSecond() {
        return tellsOfSecond;
    }
}
