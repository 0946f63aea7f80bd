package io.millrace.api.operator;

import io.millrace.api.metric.OperatorMetricGroup;
import io.millrace.api.state.CheckpointListener;
import java.io.Serializable;

/**
 * An operator of a program. Confined to its task; it travels by Java serialization before it is set
 * up, so what belongs to the running operator is transient.
 *
 * <p>Life: set up, {@link #open}, any number of records, watermarks and timers, the end of each
 * input for operators that want to hear of it, {@link #finish}, {@link #close}. After a failure or
 * a cancel only {@code close}.
 *
 * @param <OUT> the records that it emits
 */
public interface StreamOperator<OUT> extends CheckpointListener, KeyContext, Serializable {
    /** Called once before the first record, the operators behind first. */
    void open() throws Exception;

    /** Called once after the last record of all inputs: emits what is still held. */
    void finish() throws Exception;

    /** Called once at the end, also after a failure; releases what was acquired. */
    void close() throws Exception;

    /**
     * Called at a barrier, the operators before first, before any state is saved: emits what must
     * not wait for the next checkpoint, briefly.
     */
    default void prepareSnapshotPreBarrier(long checkpointId) throws Exception {}

    @Override
    default void notifyCheckpointComplete(long checkpointId) throws Exception {}

    /** Takes the key out of a record of the first input, before it is processed. */
    void setKeyContextElement1(StreamRecord<?> record) throws Exception;

    /** Takes the key out of a record of the second input, before it is processed. */
    void setKeyContextElement2(StreamRecord<?> record) throws Exception;

    OperatorMetricGroup getMetricGroup();

    OperatorID getOperatorID();

    /** What the operator says of itself. */
    default OperatorAttributes getOperatorAttributes() {
        return new OperatorAttributesBuilder().build();
    }
}
