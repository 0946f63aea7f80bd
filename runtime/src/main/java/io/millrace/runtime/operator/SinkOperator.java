package io.millrace.runtime.operator;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.time.Watermark;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.message.OperatorCommittables;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes records to a sink's writer; at the end of input it prepares what the committer commits.
 */
final class SinkOperator extends Operator implements SinkWriter.Context {
    private final Sink<Object> sink;
    private final OperatorContext context;
    private SinkWriter<Object> writer;
    private long timestampMs;
    private long watermarkMs = Long.MIN_VALUE;
    private long recordsOut;

    @SuppressWarnings("unchecked")
    SinkOperator(OperatorSpec.SinkSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.sink = (Sink<Object>) spec.sink();
        this.context = context;
    }

    @Override
    public void open() throws Exception {
        writer = sink.createWriter(context.writerContext());
    }

    @Override
    public void push(Object record, long timestampMs) {
        this.timestampMs = timestampMs;
        recordsOut++;
        try {
            writer.write(record, this);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public long currentWatermark() {
        return watermarkMs;
    }

    @Override
    public Long timestamp() {
        return RecordTime.boxed(timestampMs);
    }

    @Override
    public long recordsOut() {
        return recordsOut;
    }

    @Override
    public void watermark(long timestampMs) {
        watermarkMs = timestampMs;
        try {
            writer.writeWatermark(new Watermark(timestampMs));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void idle() {
        // Nobody is behind.
    }

    @Override
    public boolean finish() throws Exception {
        writer.flush(true);
        return true;
    }

    @Override
    public OperatorCommittables prepared() throws Exception {
        if (!(writer instanceof CommittingSinkWriter<?, ?> committing)) {
            return null;
        }
        return prepare(committing);
    }

    @SuppressWarnings("unchecked")
    private <C> OperatorCommittables prepare(CommittingSinkWriter<?, C> committing)
            throws Exception {
        SimpleVersionedSerializer<C> serializer =
                ((SupportsCommitter<C>) sink).getCommittableSerializer();
        List<byte[]> committables = new ArrayList<>();
        for (C committable : committing.prepareCommit()) {
            committables.add(serializer.serialize(committable));
        }
        return new OperatorCommittables(
                context.vertexId(),
                context.operatorIndex(),
                context.subtask(),
                serializer.getVersion(),
                committables);
    }

    @Override
    public void release() throws Exception {
        if (writer != null) {
            writer.close();
        }
    }
}
