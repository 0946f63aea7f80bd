package io.millrace.api.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.time.Watermark;

/**
 * The part that inputs of an {@link AbstractStreamOperatorV2} have in common. Confined to a task.
 */
public abstract class AbstractInput<IN, OUT> implements Input<IN> {
    /** Null if the input is not keyed. */
    protected final KeySelector<?, ?> stateKeySelector;

    protected final AbstractStreamOperatorV2<OUT> owner;

    /** From 1. */
    protected final int inputId;

    protected final Output<StreamRecord<OUT>> output;

    /**
     * @param inputId from 1
     */
    public AbstractInput(AbstractStreamOperatorV2<OUT> owner, int inputId) {
        if (inputId < 1) {
            throw new IllegalArgumentException(
                    "Inputs are counted from 1, so there is no " + inputId + ".");
        }
        this.owner = owner;
        this.inputId = inputId;
        this.stateKeySelector =
                owner.config.getStatePartitioner(inputId - 1, owner.getUserCodeClassloader());
        this.output = owner.output;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        owner.reportWatermark(mark, inputId);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus watermarkStatus) throws Exception {
        owner.processWatermarkStatus(watermarkStatus, inputId);
    }

    @Override
    public void processLatencyMarker(LatencyMarker latencyMarker) throws Exception {
        owner.reportOrForwardLatencyMarker(latencyMarker);
    }

    @Override
    public void processRecordAttributes(RecordAttributes recordAttributes) throws Exception {
        owner.processRecordAttributes(recordAttributes, inputId);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // as programs know it
    public void setKeyContextElement(StreamRecord record) throws Exception {
        owner.internalSetKeyContextElement(record, (KeySelector) stateKeySelector);
    }

    public boolean hasKeyContext() {
        return stateKeySelector != null;
    }
}
