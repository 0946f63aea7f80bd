package io.millrace.runtime.operator;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsWriterState;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.time.Watermark;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.message.OperatorCommittables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Writes records to a sink's writer; at the end of input it prepares what the committer commits.
 */
final class SinkOperator extends Operator implements SinkWriter.Context {
    private static final String WRITER = FunctionStates.OWN + "writer";

    /** Behind every checkpoint. */
    private static final long END = Long.MAX_VALUE;

    private final Sink<Object> sink;
    private final OperatorContext context;
    private final KeyedScope keys; // null if the stream has no keys
    private SinkWriter<Object> writer;
    private long timestampMs;
    private long watermarkMs = Long.MIN_VALUE;
    private long recordsOut;
    private boolean finished;
    // What was prepared for checkpoints that are not known to be complete, by checkpoint.
    private final NavigableMap<Long, List<byte[]>> uncommitted = new TreeMap<>();

    @SuppressWarnings("unchecked")
    SinkOperator(OperatorSpec.SinkSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.sink = (Sink<Object>) spec.sink();
        this.context = context;
        this.keys = context.keysOfInput();
    }

    @Override
    @SuppressWarnings("unchecked") // the state is of the sink's records
    public void open() throws Exception {
        context.openState();
        if (sink instanceof SupportsWriterState<?, ?> stateful
                && context.restoredCheckpointId().isPresent()) {
            writer = restore((SupportsWriterState<Object, ?>) stateful);
        } else {
            writer = Returned.by(sink, "createWriter", sink.createWriter(context.writerContext()));
        }
    }

    private <S> SinkWriter<Object> restore(SupportsWriterState<Object, S> stateful)
            throws IOException {
        SimpleVersionedSerializer<S> serializer = stateful.getWriterStateSerializer();
        List<S> states = new ArrayList<>(VersionedItems.restore(context, WRITER, serializer));
        if (stateful instanceof SupportsWriterState.WithCompatibleState older) {
            for (String name : older.getCompatibleWriterStateNames()) {
                states.addAll(VersionedItems.restore(context, name, serializer));
            }
        }
        return Returned.by(
                stateful, "restoreWriter", stateful.restoreWriter(context.writerContext(), states));
    }

    @Override
    public void push(Object record, long timestampMs) {
        if (keys != null) {
            keys.onRecord(0, record);
        }
        write(record, timestampMs);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        if (keys != null) {
            keys.onRecord(0, record, keyHash);
        }
        write(record, timestampMs);
    }

    private void write(Object record, long timestampMs) {
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
        finished = true;
        return true;
    }

    @Override
    public void beforeSnapshot(long checkpointId) throws Exception {
        if (finished) {
            return;
        }
        writer.flush(false);
        if (writer instanceof CommittingSinkWriter<?, ?> committing) {
            prepare(committing, checkpointId);
        }
    }

    @Override
    public void snapshot(SnapshotTurn turn) throws Exception {
        if (writer instanceof CommittingSinkWriter<?, ?>) {
            // No method reference: see prepare.
            for (OperatorCommittables prepared : committables()) {
                turn.add(prepared);
            }
        }
        if (writer instanceof StatefulSinkWriter<?, ?> stateful) {
            snapshot(turn, stateful);
        }
        super.snapshot(turn);
    }

    @SuppressWarnings("unchecked") // a writer with state is of a sink that can write it
    private <S> void snapshot(SnapshotTurn turn, StatefulSinkWriter<?, S> stateful)
            throws IOException {
        VersionedItems.hand(
                turn,
                WRITER,
                ((SupportsWriterState<?, S>) sink).getWriterStateSerializer(),
                stateful.snapshotState(turn.checkpointId()));
    }

    @Override
    public void checkpointEnded(long checkpointId, boolean complete) throws Exception {
        if (complete) {
            uncommitted.headMap(checkpointId, true).clear();
        }
        super.checkpointEnded(checkpointId, complete);
    }

    @Override
    public List<OperatorCommittables> prepared() throws Exception {
        if (!(writer instanceof CommittingSinkWriter<?, ?> committing)) {
            return List.of();
        }
        prepare(committing, END);
        return committables();
    }

    @SuppressWarnings("unchecked") // a writer that prepares commits is of a sink that commits
    private <C> SimpleVersionedSerializer<C> committableSerializer() {
        return ((SupportsCommitter<C>) sink).getCommittableSerializer();
    }

    private <C> void prepare(CommittingSinkWriter<?, C> committing, long checkpointId)
            throws Exception {
        SimpleVersionedSerializer<C> serializer = committableSerializer();
        List<byte[]> prepared = new ArrayList<>();
        for (C committable : committing.prepareCommit()) {
            prepared.add(serializer.serialize(committable));
        }
        if (!prepared.isEmpty()) {
            // No lambda: a copy of this class has no name that one could refer to it by.
            List<byte[]> before = uncommitted.get(checkpointId);
            if (before == null) {
                uncommitted.put(checkpointId, prepared);
            } else {
                before.addAll(prepared);
            }
        }
    }

    /**
     * All that may not be committed yet: a checkpoint that was given up leaves it to the next. Each
     * part says which checkpoint it was prepared for, so that the coordinator leaves out what it
     * has.
     */
    private List<OperatorCommittables> committables() {
        List<OperatorCommittables> all = new ArrayList<>();
        for (Map.Entry<Long, List<byte[]>> prepared : uncommitted.entrySet()) {
            long checkpointId = prepared.getKey();
            all.add(
                    new OperatorCommittables(
                            context.vertexId(),
                            context.operatorIndex(),
                            context.subtask(),
                            checkpointId == END ? OperatorCommittables.AT_END : checkpointId,
                            committableSerializer().getVersion(),
                            prepared.getValue()));
        }
        return all;
    }

    @Override
    public void release() throws Exception {
        try {
            if (writer != null) {
                writer.close();
            }
        } finally {
            context.closeState();
        }
    }
}
