package io.millrace.api.operator;

/** Whether an operator may run in one task with those before and behind it. */
public enum ChainingStrategy {
    ALWAYS,
    NEVER,
    /** With those behind only. */
    HEAD,
    /** As {@link #HEAD}: sources are not chained to an operator of several inputs. */
    HEAD_WITH_SOURCES;

    public static final ChainingStrategy DEFAULT_CHAINING_STRATEGY = ALWAYS;
}
