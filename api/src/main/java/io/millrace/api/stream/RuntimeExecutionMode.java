package io.millrace.api.stream;

/** How the program wishes to run. */
public enum RuntimeExecutionMode {
    /** Results as early as possible. */
    STREAMING,
    /** Final results only; bounded sources only. */
    BATCH,
    /** {@code BATCH} if every source is bounded, else {@code STREAMING}. */
    AUTOMATIC
}
