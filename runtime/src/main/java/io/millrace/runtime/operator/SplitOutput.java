package io.millrace.runtime.operator;

import io.millrace.api.source.SourceOutput;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.Watermark;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chunk.RecordChunk;

/** The output of one split: its own time, the chain of all. Confined to the task. */
final class SplitOutput implements SourceOutput<Object> {
    private final Receiver operator;
    private final TimestampAssigner<Object> assigner; // null if records keep their timestamps
    private final OutputTime time;
    private final boolean generating;

    SplitOutput(
            Receiver operator,
            TimestampAssigner<Object> assigner,
            OutputTime time,
            boolean generating) {
        this.operator = operator;
        this.assigner = assigner;
        this.time = time;
        this.generating = generating;
    }

    OutputTime time() {
        return time;
    }

    @Override
    public void collect(Object record) {
        collect(record, RecordChunk.NO_TIMESTAMP);
    }

    @Override
    public void collect(Object record, long timestamp) {
        if (time.isIdle()) {
            time.wake();
        }
        long stampedMs =
                assigner == null ? timestamp : assigner.extractTimestamp(record, timestamp);
        operator.push(record, stampedMs);
        if (generating) {
            time.onRecord(record, stampedMs);
        }
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        if (!generating) {
            time.onSourceWatermark(watermark.getTimestamp());
        }
    }

    @Override
    public void markIdle() {
        time.onSourceIdle();
    }

    @Override
    public void markActive() {
        time.onSourceActive();
    }
}
