package io.millrace.api.time;

/** Decides how far event time has come. Confined to the task. */
public interface WatermarkGenerator<T> {
    /** Called for each record, after its timestamp is known. */
    void onEvent(T event, long eventTimestamp, WatermarkOutput output);

    /** Called at the interval {@code pipeline.auto-watermark-interval} while the task runs. */
    void onPeriodicEmit(WatermarkOutput output);
}
