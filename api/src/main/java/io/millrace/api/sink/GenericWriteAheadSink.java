package io.millrace.api.sink;

import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.checkpoint.StateSnapshotContext;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.ChainingStrategy;
import io.millrace.api.operator.EndsLater;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.serialization.TypeSerializer;
import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records in its state until the checkpoint that has them is complete, and sends them then:
 * for systems that can neither prepare nor take back. A {@link CheckpointCommitter} remembers what
 * was sent, so that records are sent again only if the task dies between the two; a system that
 * makes equal writes once makes the whole exactly once. For {@code stream.transform}. Confined to
 * its task.
 *
 * <p>Checkpoints are sent in their order, and each whole. One whose sending fails, or returns
 * false, is tried again, with all behind it, when the next checkpoint is complete. So the input
 * ends only when everything is sent. What a restored checkpoint has left is sent before the task
 * takes records; if that fails, the task does. Without checkpoints records are sent when the input
 * has ended.
 *
 * @param <IN> records; nothing is emitted
 */
public abstract class GenericWriteAheadSink<IN> extends AbstractStreamOperator<IN>
        implements OneInputStreamOperator<IN, IN>, EndsLater {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(GenericWriteAheadSink.class);

    private static final String STATE = "pending-checkpoints";
    private static final int FIRST_BYTES = 1 << 10;

    /** What one subtask may hold: serialized records are an array, and copied into snapshots. */
    private static final long MAX_HELD_BYTES = 512L << 20;

    protected final TypeSerializer<IN> serializer;

    private final CheckpointCommitter committer;
    private transient SavedItems state;
    private transient TreeSet<AwaitedCheckpoint> awaited;
    private transient DataOutputSerializer records; // since the last barrier
    private transient long heldBytes; // of those that are awaited

    /**
     * @param committer told the job, and asked to make what it needs, here and now
     * @param serializer of the records in the state
     * @param jobID names the job to the committer: the same each time the job is started from a
     *     checkpoint
     */
    public GenericWriteAheadSink(
            CheckpointCommitter committer, TypeSerializer<IN> serializer, String jobID)
            throws Exception {
        this.committer = Objects.requireNonNull(committer, "committer");
        this.serializer = Objects.requireNonNull(serializer, "serializer");
        committer.setJobId(jobID);
        committer.createResource();
        setChainingStrategy(ChainingStrategy.HEAD);
    }

    /**
     * Sends the records of a checkpoint.
     *
     * @param values may be iterated more than once
     * @param timestamp of the checkpoint, in milliseconds since the epoch
     * @return whether all were sent; otherwise all come again
     */
    protected abstract boolean sendValues(Iterable<IN> values, long checkpointId, long timestamp)
            throws Exception;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        awaited = new TreeSet<>();
        records = new DataOutputSerializer(FIRST_BYTES);
        heldBytes = 0;
        state = SavedItems.of(context, STATE);
        state.read(AwaitedCheckpoint::of).forEach(this::hold);
    }

    private void hold(AwaitedCheckpoint checkpoint) {
        awaited.add(checkpoint);
        heldBytes += checkpoint.records().length;
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (getContainingTask().takesCheckpoints()
                && !getContainingTask().takesCheckpointsAtEnd()) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "'"
                            + getOperatorName()
                            + "' sends records when their checkpoint is complete, and waits for one"
                            + " when the input has ended. Do not switch off"
                            + " execution.checkpointing.checkpoints-after-tasks-finish.");
        }
        committer.setOperatorId(getOperatorID().toString());
        committer.open();
        sendRestored();
    }

    /* Now, and not with the next checkpoint: what is restored may be another subtask's, after a change
     * of parallelism. The one that has its number now would tell the committer of that checkpoint, and
     * committers keep the latest of a subtask, so that the older one would pass for sent. */
    private void sendRestored() throws Exception {
        Iterator<AwaitedCheckpoint> restored = awaited.iterator();
        while (restored.hasNext()) {
            AwaitedCheckpoint each = restored.next();
            if (!send(each)) {
                throw new MillraceException(
                        ErrorCode.COMMIT_FAILED,
                        "'"
                                + getOperatorName()
                                + "' could not send the "
                                + each.records().length
                                + " bytes of records that checkpoint "
                                + each.checkpointId()
                                + " has of subtask "
                                + each.subtask()
                                + ". Check the system that it writes to.");
            }
            heldBytes -= each.records().length;
            restored.remove();
        }
    }

    @Override
    public void processElement(StreamRecord<IN> element) throws Exception {
        int before = records.length();
        serializer.serialize(element.getValue(), records);
        if (records.length() == before) {
            // Of a record without bytes nobody could say how many there are.
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    serializer.getClass().getName()
                            + " writes no bytes for a record of '"
                            + getOperatorName()
                            + "', which cannot be kept. Give the records a serializer of another"
                            + " type.");
        }
        if (heldBytes + records.length() > MAX_HELD_BYTES) {
            throw new MillraceException(
                    ErrorCode.COMMIT_FAILED,
                    "'"
                            + getOperatorName()
                            + "' holds "
                            + (heldBytes + records.length())
                            + " bytes of records of "
                            + awaited.size()
                            + " checkpoints that are not sent yet, and may hold "
                            + MAX_HELD_BYTES
                            + ". Take checkpoints more often, raise the parallelism, or look in the"
                            + " log for why sending fails.");
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        await(context.getCheckpointId(), context.getCheckpointTimestamp());
        state.write(awaited, AwaitedCheckpoint::toBytes);
    }

    /** What has come since the last barrier is of this checkpoint. */
    private void await(long checkpointId, long timestampMs) {
        if (records.length() > 0) {
            hold(
                    new AwaitedCheckpoint(
                            checkpointId,
                            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                            timestampMs,
                            records.getCopyOfBuffer()));
            records = new DataOutputSerializer(FIRST_BYTES);
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        sendUpTo(checkpointId);
    }

    /** Stops at the first that fails: a later one must not be visible before it. */
    private void sendUpTo(long checkpointId) {
        Iterator<AwaitedCheckpoint> due = awaited.iterator();
        while (due.hasNext()) {
            AwaitedCheckpoint each = due.next();
            if (each.checkpointId() > checkpointId) {
                return;
            }
            try {
                if (!send(each)) {
                    LOG.warn(
                            "Records were not sent, and will be tried again with the next"
                                    + " checkpoint. operator={} checkpoint={} subtask={} bytes={}",
                            getOperatorName(),
                            each.checkpointId(),
                            each.subtask(),
                            each.records().length);
                    return;
                }
            } catch (Exception e) { // user code
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LOG.warn(
                        "Sending records failed, and will be tried again with the next checkpoint."
                                + " operator={} checkpoint={} subtask={} bytes={}",
                        getOperatorName(),
                        each.checkpointId(),
                        each.subtask(),
                        each.records().length,
                        e);
                return;
            }
            heldBytes -= each.records().length;
            due.remove();
        }
    }

    private boolean send(AwaitedCheckpoint checkpoint) throws Exception {
        if (committer.isCheckpointCommitted(checkpoint.subtask(), checkpoint.checkpointId())) {
            return true;
        }
        if (!sendValues(
                new SavedRecords<>(checkpoint.records(), serializer),
                checkpoint.checkpointId(),
                checkpoint.timestampMs())) {
            return false;
        }
        committer.commitCheckpoint(checkpoint.subtask(), checkpoint.checkpointId());
        return true;
    }

    @Override
    public boolean mayEnd() throws Exception {
        if (!getContainingTask().takesCheckpoints()) {
            sendWithoutCheckpoints();
        }
        return awaited.isEmpty() && records.length() == 0;
    }

    private void sendWithoutCheckpoints() throws IOException {
        await(Long.MAX_VALUE, getProcessingTimeService().getCurrentProcessingTime());
        sendUpTo(Long.MAX_VALUE);
        if (!awaited.isEmpty()) {
            // No checkpoint comes with which it could be tried again.
            throw new MillraceException(
                    ErrorCode.COMMIT_FAILED,
                    "'"
                            + getOperatorName()
                            + "' could not send its records when the input had ended; the log says"
                            + " why. Check the system that it writes to.");
        }
    }

    @Override
    public void close() throws Exception {
        try {
            super.close();
        } finally {
            committer.close();
        }
    }
}
