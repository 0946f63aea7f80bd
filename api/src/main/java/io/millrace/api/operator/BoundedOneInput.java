package io.millrace.api.operator;

/** An operator that wants to hear of the end of its input. */
public interface BoundedOneInput {
    /** Called once after the last record and watermark, before {@link StreamOperator#finish}. */
    void endInput() throws Exception;
}
