package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.RestoredState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Runs one operator with what the test gives it. What is emitted is kept as it comes, not copied.
 * Confined to the test.
 *
 * <p>{@link #open} first, or {@link #initializeState} before it; the clock stands at 0 until it is
 * set.
 */
public class AbstractStreamOperatorTestHarness<OUT> implements AutoCloseable {
    private final Emitted main = new Emitted();
    private final Map<String, Emitted> sides = new LinkedHashMap<>();
    private final OperatorSpec spec;
    private final KeySelector<?, ?>[] keys;
    private final boolean[] ended;
    private OneOperator operator; // null before open
    private RestoredState restored = RestoredState.NONE;
    private boolean opened;
    private boolean finished;
    private boolean closed;

    /**
     * @param keys one for each input, null where it has no keys
     */
    AbstractStreamOperatorTestHarness(OperatorSpec spec, KeySelector<?, ?>... keys) {
        this.spec = spec;
        this.keys = keys.clone();
        this.ended = new boolean[keys.length];
    }

    /** Nothing is left to do before {@link #open}, which makes the operator. */
    public void setup() {}

    /**
     * Lets the operator start from a snapshot.
     *
     * @param operatorStateHandles null to start anew
     * @throws IllegalStateException after {@link #open}
     */
    public void initializeState(OperatorSubtaskState operatorStateHandles) throws Exception {
        requireNotOpen();
        restored =
                operatorStateHandles == null
                        ? RestoredState.NONE
                        : operatorStateHandles.forHarness();
    }

    /** Lets the operator start anew. */
    public void initializeEmptyState() throws Exception {
        initializeState(null);
    }

    /** Makes the operator, gives it its state, and opens it and its function. */
    public void open() throws Exception {
        requireNotOpen();
        opened = true;
        operator =
                new OneOperator(
                        spec,
                        keys,
                        main,
                        tag -> sides.computeIfAbsent(tag, unused -> new Emitted()),
                        restored);
        operator.open();
    }

    private void requireNotOpen() {
        if (opened) {
            throw new IllegalStateException("The harness is open already.");
        }
    }

    /**
     * Takes what the operator holds, as at a barrier; it goes on afterwards.
     *
     * @param timestamp of the checkpoint, in milliseconds since the epoch
     */
    public OperatorSubtaskState snapshot(long checkpointId, long timestamp) throws Exception {
        return running().snapshot(checkpointId, timestamp);
    }

    /** Tells the operator that a checkpoint is complete. */
    public void notifyOfCompletedCheckpoint(long checkpointId) throws Exception {
        running().checkpointEnded(checkpointId, true);
        endIfDue();
    }

    private OneOperator running() {
        if (!opened || closed) {
            throw new IllegalStateException(
                    opened ? "The harness is closed." : "The harness is not open; call open().");
        }
        return operator;
    }

    void process(int input, StreamRecord<?> record) throws Exception {
        running()
                .record(
                        input,
                        record.getValue(),
                        record.hasTimestamp() ? record.getTimestamp() : RecordChunk.NO_TIMESTAMP);
    }

    void watermark(int input, long timestampMs) throws Exception {
        running().watermark(input, timestampMs);
    }

    /** The operator ends with the last of its inputs. */
    void end(int input) throws Exception {
        ended[input] = true;
        endIfDue();
    }

    private void endIfDue() throws Exception {
        boolean all = ended.length > 0;
        for (boolean each : ended) {
            all &= each;
        }
        if (all && !finished) {
            finished = running().finish();
        }
    }

    /** Moves the clock; what is due fires. Milliseconds since the epoch. */
    public void setProcessingTime(long time) throws Exception {
        running().clock(time);
        endIfDue();
    }

    public long getProcessingTime() {
        return running().clockMs();
    }

    /** What was emitted: {@link StreamRecord}s and watermarks. A test may take out of it. */
    public ConcurrentLinkedQueue<Object> getOutput() {
        return main.queue;
    }

    /** The records among {@link #getOutput}. */
    @SuppressWarnings("unchecked") // the operator's records
    public List<StreamRecord<? extends OUT>> extractOutputStreamRecords() {
        List<StreamRecord<? extends OUT>> records = new ArrayList<>();
        for (Object each : main.queue) {
            if (each instanceof StreamRecord<?> record) {
                records.add((StreamRecord<? extends OUT>) record);
            }
        }
        return records;
    }

    /** The values of {@link #extractOutputStreamRecords}. */
    public List<OUT> extractOutputValues() {
        List<OUT> values = new ArrayList<>();
        extractOutputStreamRecords().forEach(record -> values.add(record.getValue()));
        return values;
    }

    /** The records of a side output; empty if there were none. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // a side output has records only
    public <X> ConcurrentLinkedQueue<StreamRecord<X>> getSideOutput(OutputTag<X> tag) {
        Emitted side = sides.computeIfAbsent(tag.getId(), unused -> new Emitted());
        return (ConcurrentLinkedQueue) side.queue;
    }

    /** Keys that have something, in all states together. */
    int stateEntries() {
        return Math.toIntExact(running().stateEntries());
    }

    /** Registered timers of event time, of all keys. */
    public int numEventTimeTimers() {
        return timers(TimeDomain.EVENT_TIME);
    }

    /** Registered timers of the clock, of all keys. */
    public int numProcessingTimeTimers() {
        return timers(TimeDomain.PROCESSING_TIME);
    }

    private int timers(TimeDomain domain) {
        return running().timers(domain);
    }

    /** Whether all inputs have ended and nothing is held any more. */
    public boolean isFinished() {
        return finished;
    }

    /** Closes the function. Idempotent. */
    @Override
    public void close() throws Exception {
        if (opened && !closed) {
            closed = true;
            if (operator != null) { // null if it could not be made
                operator.release();
            }
        }
    }
}
