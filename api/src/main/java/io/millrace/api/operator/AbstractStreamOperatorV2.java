package io.millrace.api.operator;

import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.checkpoint.StateSnapshotContext;
import io.millrace.api.function.KeySelector;
import io.millrace.api.metric.OperatorMetricGroup;
import io.millrace.api.operator.AbstractStreamOperator.OutputAdjustment;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.time.Watermark;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part that operators of many inputs have in common; their inputs are {@link AbstractInput}s.
 * It is whole when its constructor returns, so its factory makes it in the task. Confined to its
 * task.
 */
/* The protected fields are those that programs know. */
public abstract class AbstractStreamOperatorV2<OUT>
        implements StreamOperator<OUT>, CheckpointedStreamOperator {
    private static final long serialVersionUID = 1L;

    protected static final Logger LOG = LoggerFactory.getLogger(AbstractStreamOperatorV2.class);

    protected final transient StreamConfig config;
    protected final transient Output<StreamRecord<OUT>> output;
    protected final transient IndexedCombinedWatermarkStatus combinedWatermark;
    protected final transient OperatorMetricGroup metrics;
    protected final transient ProcessingTimeService processingTimeService;
    protected final transient RecordAttributes[] lastRecordAttributes;

    /** Null on streams without keys. */
    protected transient InternalTimeServiceManager<?> timeServiceManager;

    private final transient StreamTask<?, ?> task;
    private transient Object currentKey;

    public AbstractStreamOperatorV2(StreamOperatorParameters<OUT> parameters, int numberOfInputs) {
        this(parameters, numberOfInputs, OutputAdjustment.noAdjustment());
    }

    /**
     * @param outputAdjustment stands between the operator and what is behind
     */
    public AbstractStreamOperatorV2(
            StreamOperatorParameters<OUT> parameters,
            int numberOfInputs,
            OutputAdjustment<OUT> outputAdjustment) {
        this.task = parameters.getContainingTask();
        this.config = parameters.getStreamConfig();
        this.output = outputAdjustment.apply(parameters.getOutput());
        this.processingTimeService = parameters.getProcessingTimeService();
        this.metrics = task.getRuntimeContext().getMetricGroup();
        this.combinedWatermark = IndexedCombinedWatermarkStatus.forInputsCount(numberOfInputs);
        this.lastRecordAttributes = new RecordAttributes[numberOfInputs];
        Arrays.fill(lastRecordAttributes, new RecordAttributes(false));
        for (int input = 0; input < numberOfInputs && timeServiceManager == null; input++) {
            if (config.getStatePartitioner(input, getUserCodeClassloader()) != null) {
                this.timeServiceManager = task.timersFor(this);
            }
        }
    }

    @Override
    public void open() throws Exception {}

    @Override
    public void finish() throws Exception {}

    @Override
    public void close() throws Exception {}

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {}

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {}

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {}

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {}

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {}

    /** The states of the current key; empty on streams without keys. */
    public Optional<KeyedStateStore> getKeyedStateStore() {
        return Optional.ofNullable(getRuntimeContext().getKeyedStateStore());
    }

    /**
     * The state of the current key.
     *
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} on streams without
     *     keys
     */
    protected <S extends State> S getPartitionedState(StateDescriptor<S, ?> stateDescriptor)
            throws Exception {
        return getRuntimeContext().stateOf(stateDescriptor);
    }

    public ExecutionConfig getExecutionConfig() {
        return task.getExecutionConfig();
    }

    public StreamConfig getOperatorConfig() {
        return config;
    }

    public ClassLoader getUserCodeClassloader() {
        return task.getUserCodeClassLoader();
    }

    protected String getOperatorName() {
        return config.getOperatorName();
    }

    /** What the operator's functions are given. */
    public StreamingRuntimeContext getRuntimeContext() {
        return task.getRuntimeContext();
    }

    @Override
    public OperatorID getOperatorID() {
        return config.getOperatorID();
    }

    @Override
    public OperatorMetricGroup getMetricGroup() {
        return metrics;
    }

    /** Takes the key of a record of an input that has the selector; null for none. */
    protected <T> void internalSetKeyContextElement(
            StreamRecord<T> record, KeySelector<T, ?> selector) throws Exception {
        if (selector != null) {
            setCurrentKey(selector.getKey(record.getValue()));
        }
    }

    /** Never called: each input takes its key itself. */
    @Override
    public final void setKeyContextElement1(StreamRecord<?> record) {
        throw keyOfInput();
    }

    /** Never called: each input takes its key itself. */
    @Override
    public final void setKeyContextElement2(StreamRecord<?> record) {
        throw keyOfInput();
    }

    private static IllegalStateException keyOfInput() {
        return new IllegalStateException(
                "An operator of many inputs takes keys by setKeyContextElement of its inputs.");
    }

    @Override
    public void setCurrentKey(Object key) {
        this.currentKey = key;
        task.onKey(key);
    }

    @Override
    public Object getCurrentKey() {
        return currentKey;
    }

    /**
     * Timers for the keys of the streams.
     *
     * @param name the same name gives the same timers
     * @param namespaceSerializer of what tells timers of one key and time apart
     * @throws IllegalStateException on streams without keys
     */
    public <K, N> InternalTimerService<N> getInternalTimerService(
            String name, TypeSerializer<N> namespaceSerializer, Triggerable<K, N> triggerable) {
        if (timeServiceManager == null) {
            throw new IllegalStateException(
                    "The operator '"
                            + config.getOperatorName()
                            + "' has timers on keyed streams only. Use a"
                            + " KeyedMultipleInputTransformation.");
        }
        @SuppressWarnings("unchecked") // the program knows the type of its keys
        InternalTimeServiceManager<K> timers = (InternalTimeServiceManager<K>) timeServiceManager;
        return timers.getInternalTimerService(name, namespaceSerializer, triggerable);
    }

    /** Empty on streams without keys. */
    protected Optional<InternalTimeServiceManager<?>> getTimeServiceManager() {
        return Optional.ofNullable(timeServiceManager);
    }

    /** Time of all inputs: timers that are due fire, then the watermark goes on. */
    public void processWatermark(Watermark mark) throws Exception {
        if (timeServiceManager != null) {
            timeServiceManager.advanceWatermark(mark);
        }
        output.emitWatermark(mark);
    }

    /**
     * Time of one input.
     *
     * @param inputId from 1
     */
    protected void reportWatermark(Watermark mark, int inputId) throws Exception {
        if (combinedWatermark.updateWatermark(inputId - 1, mark.getTimestamp())) {
            processWatermark(new Watermark(combinedWatermark.getCombinedWatermark()));
        }
    }

    /**
     * Status of one input.
     *
     * @param inputId from 1
     */
    public void processWatermarkStatus(WatermarkStatus watermarkStatus, int inputId)
            throws Exception {
        boolean wasIdle = combinedWatermark.isIdle();
        if (combinedWatermark.updateStatus(inputId - 1, watermarkStatus.isIdle())) {
            processWatermark(new Watermark(combinedWatermark.getCombinedWatermark()));
        }
        if (wasIdle != combinedWatermark.isIdle()) {
            output.emitWatermarkStatus(wasIdle ? WatermarkStatus.ACTIVE : WatermarkStatus.IDLE);
        }
    }

    /** Never called: see {@link LatencyMarker}. */
    protected void reportOrForwardLatencyMarker(LatencyMarker marker) {
        output.emitLatencyMarker(marker);
    }

    /**
     * Never called: see {@link RecordAttributes}.
     *
     * @param inputId from 1
     */
    public void processRecordAttributes(RecordAttributes recordAttributes, int inputId)
            throws Exception {
        lastRecordAttributes[inputId - 1] = recordAttributes;
        boolean backlog = Arrays.stream(lastRecordAttributes).allMatch(RecordAttributes::isBacklog);
        output.emitRecordAttributes(new RecordAttributes(backlog));
    }
}
