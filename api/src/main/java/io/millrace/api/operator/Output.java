package io.millrace.api.operator;

import io.millrace.api.function.Collector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.time.Watermark;

/**
 * Where an operator's records and time go. Confined to its task.
 *
 * @param <T> a {@link StreamRecord}, which belongs to the caller again when the call returns
 */
public interface Output<T> extends Collector<T> {
    /** A watermark that is not higher than the last one is dropped. */
    void emitWatermark(Watermark mark);

    /** Whether those behind should wait for this operator's time. */
    void emitWatermarkStatus(WatermarkStatus watermarkStatus);

    /** Emits to a side output; a record that nobody wants is dropped. */
    <X> void collect(OutputTag<X> outputTag, StreamRecord<X> record);

    /** Has no effect: see {@link LatencyMarker}. */
    void emitLatencyMarker(LatencyMarker latencyMarker);

    /** Has no effect: see {@link RecordAttributes}. */
    void emitRecordAttributes(RecordAttributes recordAttributes);
}
