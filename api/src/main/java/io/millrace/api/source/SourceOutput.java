package io.millrace.api.source;

import io.millrace.api.time.WatermarkOutput;

/** Takes records and time from a reader. Confined to the task. */
public interface SourceOutput<T> extends WatermarkOutput {
    /** Emits a record whose timestamp the watermark strategy finds, if there is one. */
    void collect(T record);

    /**
     * Emits a record with the source's own timestamp.
     *
     * @param timestamp milliseconds since the epoch
     */
    void collect(T record, long timestamp);
}
