package io.millrace.api.sink;

import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.checkpoint.StateSnapshotContext;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.BoundedOneInput;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.SimpleOperatorFactory;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.time.Watermark;
import io.millrace.api.type.PrimitiveArrayTypeInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The writer of a sink whose output goes to operators of the sink before, or after, it is
 * committed. What it prepares for a checkpoint goes out before that one's barrier. Made by {@code
 * sinkTo}. Confined to its task.
 *
 * @param <WriterResultT> what the writers prepare
 */
public final class SinkWriterOperator<InputT, WriterResultT>
        extends AbstractStreamOperator<CommittableMessage<WriterResultT>>
        implements OneInputStreamOperator<InputT, CommittableMessage<WriterResultT>>,
                BoundedOneInput,
                SinkWriter.Context {
    private static final long serialVersionUID = 1L;

    private static final String STATE = "sink-writer";

    private final Sink<InputT> sink;
    private transient CommittingSinkWriter<InputT, WriterResultT> writer; // null until opened
    private transient ListState<byte[]> state;
    private transient boolean restored;
    private transient Long timestampMs; // null if the record has none
    private transient long watermarkMs;
    private transient boolean ended;

    public SinkWriterOperator(Sink<InputT> sink) {
        this.sink = Objects.requireNonNull(sink);
    }

    public Sink<InputT> sink() {
        return sink;
    }

    /** The sink that an operator writes for; null for operators that write for none. */
    public static Sink<?> sinkOf(OperatorSpec spec) {
        if (spec instanceof OperatorSpec.SinkSpec direct) {
            return direct.sink();
        }
        return spec instanceof OperatorSpec.TransformSpec transform
                        && transform.factory() instanceof SimpleOperatorFactory<?> simple
                        && simple.getOperator() instanceof SinkWriterOperator<?, ?> writing
                ? writing.sink()
                : null;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restored = context.isRestored();
        state =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        STATE,
                                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    @SuppressWarnings("unchecked") // the sink's results are what its writers prepare
    public void open() throws Exception {
        super.open();
        watermarkMs = Long.MIN_VALUE;
        WriterInitContext context = getContainingTask().writerContext();
        SinkWriter<InputT> made =
                restored && sink instanceof SupportsWriterState<?, ?> stateful
                        ? restore((SupportsWriterState<InputT, ?>) stateful, context)
                        : sink.createWriter(context);
        if (!(made instanceof CommittingSinkWriter<?, ?>)) {
            if (made != null) {
                made.close();
            }
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    sink.getClass().getName()
                            + " has operators before or after its committer, so its writers must be"
                            + " CommittingSinkWriters, not "
                            + (made == null ? "null" : made.getClass().getName())
                            + ".");
        }
        writer = (CommittingSinkWriter<InputT, WriterResultT>) made;
    }

    private <S> SinkWriter<InputT> restore(
            SupportsWriterState<InputT, S> stateful, WriterInitContext context) throws Exception {
        SimpleVersionedSerializer<S> serializer = stateful.getWriterStateSerializer();
        List<S> states = new ArrayList<>();
        for (byte[] item : state.get()) {
            int version = ByteBuffer.wrap(item).getInt();
            states.add(
                    serializer.deserialize(
                            version, Arrays.copyOfRange(item, Integer.BYTES, item.length)));
        }
        return stateful.restoreWriter(context, states);
    }

    @Override
    public void processElement(StreamRecord<InputT> element) throws Exception {
        timestampMs = element.hasTimestamp() ? (Long) element.getTimestamp() : null;
        writer.write(element.getValue(), this);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermarkMs = mark.getTimestamp();
        writer.writeWatermark(mark);
        super.processWatermark(mark);
    }

    @Override
    public long currentWatermark() {
        return watermarkMs;
    }

    @Override
    public Long timestamp() {
        return timestampMs;
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        if (!ended) {
            writer.flush(false);
            emit(checkpointId);
        }
    }

    @Override
    public void endInput() throws Exception {
        writer.flush(true);
        ended = true;
        emit(Long.MAX_VALUE);
    }

    private void emit(long checkpointId) throws Exception {
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        Collection<WriterResultT> prepared = writer.prepareCommit();
        output.collect(
                new StreamRecord<>(
                        new CommittableSummary<>(
                                subtask,
                                getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
                                checkpointId,
                                prepared.size(),
                                0)));
        for (WriterResultT each : prepared) {
            output.collect(
                    new StreamRecord<>(new CommittableWithLineage<>(each, checkpointId, subtask)));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (writer instanceof StatefulSinkWriter<?, ?> stateful) {
            state.update(written(stateful, context.getCheckpointId()));
        }
    }

    @SuppressWarnings("unchecked") // a writer with state is of a sink that can write it
    private <S> List<byte[]> written(StatefulSinkWriter<?, S> stateful, long checkpointId)
            throws IOException {
        SimpleVersionedSerializer<S> serializer =
                ((SupportsWriterState<?, S>) sink).getWriterStateSerializer();
        List<byte[]> items = new ArrayList<>();
        for (S each : stateful.snapshotState(checkpointId)) {
            byte[] bytes = serializer.serialize(each);
            items.add(
                    ByteBuffer.allocate(Integer.BYTES + bytes.length)
                            .putInt(serializer.getVersion())
                            .put(bytes)
                            .array());
        }
        return items;
    }

    @Override
    public void close() throws Exception {
        try {
            if (writer != null) {
                writer.close();
            }
        } finally {
            super.close();
        }
    }
}
