package io.millrace.api.operator;

import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.checkpoint.StateSnapshotContext;
import io.millrace.api.function.KeySelector;
import io.millrace.api.metric.OperatorMetricGroup;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.InternalKvState;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.time.Watermark;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part that operators of programs have in common: they know their task, their output and their
 * key, pass time on, and have timers. Confined to its task.
 */
/* The protected fields and the two ways to be set up, by constructor or by setup(), are those that
 * programs know.
 */
@SuppressWarnings("deprecation") // operators that were set up before there were factories
public abstract class AbstractStreamOperator<OUT>
        implements StreamOperator<OUT>, SetupableStreamOperator<OUT>, CheckpointedStreamOperator {
    private static final long serialVersionUID = 1L;

    protected static final Logger LOG = LoggerFactory.getLogger(AbstractStreamOperator.class);

    protected ChainingStrategy chainingStrategy = ChainingStrategy.DEFAULT_CHAINING_STRATEGY;

    protected transient StreamConfig config;
    protected transient Output<StreamRecord<OUT>> output;
    protected transient OperatorMetricGroup metrics;
    protected transient ProcessingTimeService processingTimeService;

    /** Null if the first input is not keyed. */
    protected transient KeySelector<?, ?> stateKeySelector1;

    /** Null if the second input is not keyed. */
    protected transient KeySelector<?, ?> stateKeySelector2;

    /** Null on streams without keys. */
    protected transient InternalTimeServiceManager<?> timeServiceManager;

    protected transient IndexedCombinedWatermarkStatus combinedWatermark;
    protected transient RecordAttributes lastRecordAttributes1;
    protected transient RecordAttributes lastRecordAttributes2;

    private final OutputAdjustment<OUT> outputAdjustment;
    private transient StreamTask<?, ?> task;
    private transient Object currentKey;

    /** Stands between an operator and what is behind. Travels with the operator. */
    public interface OutputAdjustment<OUT>
            extends Function<Output<StreamRecord<OUT>>, Output<StreamRecord<OUT>>>, Serializable {
        /** The output as it is. */
        static <OUT> OutputAdjustment<OUT> noAdjustment() {
            return output -> output;
        }

        /**
         * Time goes on later than it comes; the end of time is not delayed.
         *
         * @param delay milliseconds, at least 0
         */
        static <OUT> OutputAdjustment<OUT> delayedWatermarkOutput(long delay) {
            return new DelayedOutputAdjustment<>(delay);
        }

        /** Time goes on later than it comes; the end of time is not delayed. */
        final class DelayedOutputAdjustment<OUT> implements OutputAdjustment<OUT> {
            private static final long serialVersionUID = 1L;

            private final long delayMs;

            /**
             * @param delay milliseconds, at least 0
             */
            public DelayedOutputAdjustment(long delay) {
                if (delay < 0) {
                    throw new IllegalArgumentException(
                            "Time is delayed by 0 ms or more, not by " + delay + " ms.");
                }
                this.delayMs = delay;
            }

            @Override
            public Output<StreamRecord<OUT>> apply(Output<StreamRecord<OUT>> output) {
                return delayMs == 0 ? output : new DelayedWatermarks<>(output, delayMs);
            }
        }
    }

    public AbstractStreamOperator() {
        this(null);
    }

    /**
     * @param parameters what a factory was given; null to be set up later
     */
    public AbstractStreamOperator(StreamOperatorParameters<OUT> parameters) {
        this(parameters, OutputAdjustment.noAdjustment());
    }

    /**
     * @param parameters what a factory was given; null to be set up later
     * @param outputAdjustment stands between the operator and what is behind
     */
    public AbstractStreamOperator(
            StreamOperatorParameters<OUT> parameters, OutputAdjustment<OUT> outputAdjustment) {
        this.outputAdjustment = outputAdjustment;
        if (parameters != null) {
            setProcessingTimeService(parameters.getProcessingTimeService());
            setup(
                    parameters.getContainingTask(),
                    parameters.getStreamConfig(),
                    parameters.getOutput());
        }
    }

    @Override
    public void setup(
            StreamTask<?, ?> containingTask,
            StreamConfig config,
            Output<StreamRecord<OUT>> output) {
        this.task = containingTask;
        this.config = config;
        this.output = outputAdjustment.apply(output);
        this.combinedWatermark = IndexedCombinedWatermarkStatus.forInputsCount(2);
        this.metrics = containingTask.getRuntimeContext().getMetricGroup();
        ClassLoader loader = containingTask.getUserCodeClassLoader();
        this.stateKeySelector1 = config.getStatePartitioner(0, loader);
        this.stateKeySelector2 = config.getStatePartitioner(1, loader);
        if (stateKeySelector1 != null || stateKeySelector2 != null) {
            this.timeServiceManager = containingTask.timersFor(this);
        }
        this.lastRecordAttributes1 = new RecordAttributes(false);
        this.lastRecordAttributes2 = new RecordAttributes(false);
    }

    public void setProcessingTimeService(ProcessingTimeService processingTimeService) {
        this.processingTimeService = processingTimeService;
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

    /** The states of the current key; null on streams without keys. */
    public KeyedStateStore getKeyedStateStore() {
        return getRuntimeContext().getKeyedStateStore();
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

    /**
     * The state of the current key and a namespace, until the state is asked for with another one:
     * the same name gives the same state.
     *
     * @param namespace not null
     * @param namespaceSerializer of the namespaces of this state
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} on streams without
     *     keys
     */
    protected <S extends State, N> S getPartitionedState(
            N namespace,
            TypeSerializer<N> namespaceSerializer,
            StateDescriptor<S, ?> stateDescriptor)
            throws Exception {
        S state = getOrCreateKeyedState(namespaceSerializer, stateDescriptor);
        @SuppressWarnings("unchecked") // what the task gives can be told its namespace
        InternalKvState<?, N, ?> divided = (InternalKvState<?, N, ?>) state;
        divided.setCurrentNamespace(namespace);
        return state;
    }

    /**
     * A state of the current key that is divided by namespaces. It can be cast to {@link
     * InternalKvState}, and must be told the namespace before it is used.
     *
     * @param namespaceSerializer of the namespaces of this state
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} on streams without
     *     keys
     */
    protected <N, S extends State, T> S getOrCreateKeyedState(
            TypeSerializer<N> namespaceSerializer, StateDescriptor<S, T> stateDescriptor)
            throws Exception {
        return task.stateInNamespaces(namespaceSerializer, stateDescriptor);
    }

    @Override
    public final void setChainingStrategy(ChainingStrategy strategy) {
        this.chainingStrategy = strategy;
    }

    @Override
    public final ChainingStrategy getChainingStrategy() {
        return chainingStrategy;
    }

    public ExecutionConfig getExecutionConfig() {
        return task.getExecutionConfig();
    }

    public StreamConfig getOperatorConfig() {
        return config;
    }

    public StreamTask<?, ?> getContainingTask() {
        return task;
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

    protected ProcessingTimeService getProcessingTimeService() {
        return processingTimeService;
    }

    protected KeySelector<?, ?> getStateKeySelector1() {
        return stateKeySelector1;
    }

    protected KeySelector<?, ?> getStateKeySelector2() {
        return stateKeySelector2;
    }

    @Override
    public void setKeyContextElement1(StreamRecord<?> record) throws Exception {
        setKey(record, stateKeySelector1);
    }

    @Override
    public void setKeyContextElement2(StreamRecord<?> record) throws Exception {
        setKey(record, stateKeySelector2);
    }

    @SuppressWarnings("unchecked") // the selector takes the input's records
    private void setKey(StreamRecord<?> record, KeySelector<?, ?> selector) throws Exception {
        if (selector != null) {
            setCurrentKey(((KeySelector<Object, ?>) selector).getKey(record.getValue()));
        }
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
     * Timers for the keys of the stream.
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
                            + "' has timers on keyed streams only. Use keyBy() before transform().");
        }
        @SuppressWarnings("unchecked") // the program knows the type of its keys
        InternalTimeServiceManager<K> timers = (InternalTimeServiceManager<K>) timeServiceManager;
        return timers.getInternalTimerService(name, namespaceSerializer, triggerable);
    }

    /** Empty on streams without keys. */
    protected Optional<InternalTimeServiceManager<?>> getTimeServiceManager() {
        return Optional.ofNullable(timeServiceManager);
    }

    /** Timers that are due fire, then the watermark goes on. */
    public void processWatermark(Watermark mark) throws Exception {
        if (timeServiceManager != null) {
            timeServiceManager.advanceWatermark(mark);
        }
        output.emitWatermark(mark);
    }

    /** Time of the first of two inputs. */
    public void processWatermark1(Watermark mark) throws Exception {
        processWatermark(mark, 0);
    }

    /** Time of the second of two inputs. */
    public void processWatermark2(Watermark mark) throws Exception {
        processWatermark(mark, 1);
    }

    private void processWatermark(Watermark mark, int input) throws Exception {
        if (combinedWatermark.updateWatermark(input, mark.getTimestamp())) {
            processWatermark(new Watermark(combinedWatermark.getCombinedWatermark()));
        }
    }

    public void processWatermarkStatus(WatermarkStatus watermarkStatus) throws Exception {
        output.emitWatermarkStatus(watermarkStatus);
    }

    /** Status of the first of two inputs. */
    public final void processWatermarkStatus1(WatermarkStatus watermarkStatus) throws Exception {
        processWatermarkStatus(watermarkStatus, 0);
    }

    /** Status of the second of two inputs. */
    public final void processWatermarkStatus2(WatermarkStatus watermarkStatus) throws Exception {
        processWatermarkStatus(watermarkStatus, 1);
    }

    /**
     * @param index 0 for the first input, 1 for the second
     */
    protected void processWatermarkStatus(WatermarkStatus watermarkStatus, int index)
            throws Exception {
        boolean wasIdle = combinedWatermark.isIdle();
        if (combinedWatermark.updateStatus(index, watermarkStatus.isIdle())) {
            processWatermark(new Watermark(combinedWatermark.getCombinedWatermark()));
        }
        if (wasIdle != combinedWatermark.isIdle()) {
            processWatermarkStatus(
                    combinedWatermark.isIdle() ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
        }
    }

    /** Never called: see {@link LatencyMarker}. */
    public void processLatencyMarker(LatencyMarker latencyMarker) throws Exception {
        reportOrForwardLatencyMarker(latencyMarker);
    }

    /** Never called: see {@link LatencyMarker}. */
    public void processLatencyMarker1(LatencyMarker latencyMarker) throws Exception {
        reportOrForwardLatencyMarker(latencyMarker);
    }

    /** Never called: see {@link LatencyMarker}. */
    public void processLatencyMarker2(LatencyMarker latencyMarker) throws Exception {
        reportOrForwardLatencyMarker(latencyMarker);
    }

    protected void reportOrForwardLatencyMarker(LatencyMarker marker) {
        output.emitLatencyMarker(marker);
    }

    /** Never called: see {@link RecordAttributes}. */
    public void processRecordAttributes(RecordAttributes recordAttributes) throws Exception {
        lastRecordAttributes1 = recordAttributes;
        output.emitRecordAttributes(recordAttributes);
    }

    /** Never called: see {@link RecordAttributes}. */
    public void processRecordAttributes1(RecordAttributes recordAttributes) {
        lastRecordAttributes1 = recordAttributes;
        emitAttributesOfBoth();
    }

    /** Never called: see {@link RecordAttributes}. */
    public void processRecordAttributes2(RecordAttributes recordAttributes) {
        lastRecordAttributes2 = recordAttributes;
        emitAttributesOfBoth();
    }

    private void emitAttributesOfBoth() {
        output.emitRecordAttributes(
                new RecordAttributes(
                        lastRecordAttributes1.isBacklog() && lastRecordAttributes2.isBacklog()));
    }
}
