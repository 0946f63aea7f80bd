package io.millrace.runtime.operator;

import io.millrace.api.function.OutputTag;
import io.millrace.api.operator.LatencyMarker;
import io.millrace.api.operator.Output;
import io.millrace.api.operator.RecordAttributes;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.WatermarkStatus;
import io.millrace.api.time.Watermark;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chunk.RecordChunk;

/** Where a program's own operator emits. Confined to its task. */
final class OwnOutput implements Output<StreamRecord<Object>> {
    private final Receiver next;
    private final SideOutputs sides;
    private long watermarkMs = Long.MIN_VALUE;

    OwnOutput(Receiver next, SideOutputs sides) {
        this.next = next;
        this.sides = sides;
    }

    @Override
    public void collect(StreamRecord<Object> record) {
        next.push(record.getValue(), timestampOf(record));
    }

    @Override
    public <X> void collect(OutputTag<X> outputTag, StreamRecord<X> record) {
        sides.emit(outputTag, record.getValue(), timestampOf(record));
    }

    private static long timestampOf(StreamRecord<?> record) {
        return record.hasTimestamp() ? record.getTimestamp() : RecordChunk.NO_TIMESTAMP;
    }

    @Override
    public void emitWatermark(Watermark mark) {
        if (mark.getTimestamp() > watermarkMs) {
            watermarkMs = mark.getTimestamp();
            next.watermark(watermarkMs);
        }
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus watermarkStatus) {
        if (watermarkStatus.isIdle()) {
            next.idle();
        } else {
            next.active();
        }
    }

    @Override
    public void emitLatencyMarker(LatencyMarker latencyMarker) {
        // Streams carry none.
    }

    @Override
    public void emitRecordAttributes(RecordAttributes recordAttributes) {
        // Streams carry none.
    }

    @Override
    public void close() {
        // The output lives as long as the operator.
    }
}
