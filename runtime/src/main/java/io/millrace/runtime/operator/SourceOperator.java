package io.millrace.runtime.operator;

import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.Watermark;
import io.millrace.api.time.WatermarkAlignmentParams;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.message.TaskTime.OriginTime;

/**
 * The head of a source chain, and the output of its reader: stamps records and pushes them on. What
 * drives the reader is the {@link SourceFeed}.
 */
final class SourceOperator extends Operator implements ReaderOutput<Object>, SourceHead {
    private final Receiver next;
    private final OperatorContext context;
    private final Source<Object, ?, ?> source;
    private final SourceTime time;
    // Null if records keep the timestamps that the source gives.
    private final TimestampAssigner<Object> assigner;
    private final WatermarkAlignmentParams alignment;
    private SourceFeed feed;
    private long recordsIn;

    @SuppressWarnings("unchecked")
    SourceOperator(OperatorSpec.SourceSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.next = next;
        this.context = context;
        this.source = (Source<Object, ?, ?>) spec.source();
        this.time = new SourceTime((WatermarkStrategy<Object>) spec.watermarks(), context, next);
        this.assigner = time.assigner();
        this.alignment = spec.watermarks().getAlignmentParameters();
    }

    @Override
    public void open() throws Exception {
        feed = new SourceFeed(source, context, this);
        feed.open();
        feed.restore();
        if (alignment.isEnabled() && context.mode() == ExecutionMode.STREAMING) {
            SourceAlignment aligned = new SourceAlignment(alignment, context, time, feed);
            time.align(aligned);
            feed.align(aligned);
        }
        time.start();
    }

    @Override
    public SourceFeed feed() {
        return feed;
    }

    @Override
    public long recordsIn() {
        return recordsIn;
    }

    @Override
    public void push(Object record, long timestampMs) {
        recordsIn++;
        next.push(record, timestampMs);
    }

    @Override
    public void collect(Object record) {
        collect(record, RecordChunk.NO_TIMESTAMP);
    }

    @Override
    public void collect(Object record, long timestamp) {
        recordsIn++;
        if (time.isIdle()) {
            time.wake();
        }
        if (assigner == null) {
            next.push(record, timestamp);
        } else {
            long stampedMs = assigner.extractTimestamp(record, timestamp);
            next.push(record, stampedMs);
            time.onRecord(record, stampedMs);
        }
    }

    @Override
    public <X> void output(OutputTag<X> tag, X record, long timestamp) {
        context.sideOutputs().emit(tag, record, timestamp);
    }

    @Override
    public SourceOutput<Object> createOutputForSplit(String splitId) {
        return time.needsSplits() ? time.outputOf(splitId, this) : this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        time.release(splitId);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        time.onSourceWatermark(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
        time.onSourceIdle();
    }

    @Override
    public void markActive() {
        time.onSourceActive();
    }

    /** Only the end of all time comes from outside. */
    @Override
    public void watermark(long timestampMs) {
        time.onEnd();
    }

    @Override
    public void snapshot(SnapshotTurn turn) throws Exception {
        feed.snapshot(turn);
        super.snapshot(turn);
    }

    @Override
    public void checkpointEnded(long checkpointId, boolean complete) throws Exception {
        feed.checkpointEnded(checkpointId, complete);
        super.checkpointEnded(checkpointId, complete);
    }

    @Override
    public boolean awaitsCheckpoint() {
        return feed.listens() || super.awaitsCheckpoint();
    }

    @Override
    public void release() throws Exception {
        if (feed != null) {
            feed.close();
        }
    }

    @Override
    public OriginTime origin(TimeSince since) {
        return time.origin(since);
    }
}
