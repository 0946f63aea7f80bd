package io.millrace.runtime.operator;

/** A source operator as its task sees it. Confined to the task. */
public interface SourceHead {
    /** What reads; there after the operator has been opened. */
    SourceFeed feed();

    /** Records that the reader has emitted. */
    long recordsIn();
}
