package io.millrace.api.time;

/** Takes the watermarks of a generator or a reader. */
public interface WatermarkOutput {
    /** Ignored if it is not higher than the one before. */
    void emitWatermark(Watermark watermark);

    /**
     * Nothing comes for now: do not wait for this output. Ends with the next record or watermark.
     */
    void markIdle();

    void markActive();
}
