package io.millrace.api.operator;

import io.millrace.api.function.OutputTag;
import io.millrace.api.time.Watermark;

/** An output whose time lags behind. Confined to its task. */
final class DelayedWatermarks<T> implements Output<T> {
    private final Output<T> behind;
    private final long delayMs;

    DelayedWatermarks(Output<T> behind, long delayMs) {
        this.behind = behind;
        this.delayMs = delayMs;
    }

    /** The end of time is not delayed. */
    @Override
    public void emitWatermark(Watermark mark) {
        long timestampMs = mark.getTimestamp();
        boolean moves = timestampMs != Long.MAX_VALUE && timestampMs >= Long.MIN_VALUE + delayMs;
        behind.emitWatermark(moves ? new Watermark(timestampMs - delayMs) : mark);
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus watermarkStatus) {
        behind.emitWatermarkStatus(watermarkStatus);
    }

    @Override
    public <X> void collect(OutputTag<X> outputTag, StreamRecord<X> record) {
        behind.collect(outputTag, record);
    }

    @Override
    public void collect(T record) {
        behind.collect(record);
    }

    @Override
    public void emitLatencyMarker(LatencyMarker latencyMarker) {
        behind.emitLatencyMarker(latencyMarker);
    }

    @Override
    public void emitRecordAttributes(RecordAttributes recordAttributes) {
        behind.emitRecordAttributes(recordAttributes);
    }

    @Override
    public void close() {
        behind.close();
    }
}
