package io.millrace.api.function;

import io.millrace.api.accumulator.Accumulator;
import io.millrace.api.accumulator.DoubleCounter;
import io.millrace.api.accumulator.Histogram;
import io.millrace.api.accumulator.IntCounter;
import io.millrace.api.accumulator.LongCounter;
import io.millrace.api.file.DistributedCache;
import io.millrace.api.metric.OperatorMetricGroup;
import io.millrace.api.resource.ExternalResourceInfo;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.stream.JobID;
import io.millrace.api.type.TypeInformation;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a rich function may ask of the task that runs it. Confined to the task's thread. */
public interface RuntimeContext {
    JobInfo getJobInfo();

    TaskInfo getTaskInfo();

    /** The loader that sees the user's classes. */
    ClassLoader getUserCodeClassLoader();

    /** The settings of the program, with the parameters that it registered. */
    ExecutionConfig getExecutionConfig();

    /** Runs {@code releaseHook} when the job has gone from this worker, unless one has the name. */
    void registerUserCodeClassLoaderReleaseHookIfAbsent(
            String releaseHookName, Runnable releaseHook);

    /** The metrics of this operator in this subtask. */
    OperatorMetricGroup getMetricGroup();

    /**
     * Registers an accumulator of this operator, whose values are merged with those of all subtasks
     * and of all operators that have one of the same name and class.
     *
     * @throws UnsupportedOperationException if the operator has one of this name
     */
    <V, A extends Serializable> void addAccumulator(String name, Accumulator<V, A> accumulator);

    /** Null if this operator has none of the name. */
    <V, A extends Serializable> Accumulator<V, A> getAccumulator(String name);

    /** The accumulator of this name, made if there is none. */
    IntCounter getIntCounter(String name);

    /** The accumulator of this name, made if there is none. */
    LongCounter getLongCounter(String name);

    /** The accumulator of this name, made if there is none. */
    DoubleCounter getDoubleCounter(String name);

    /** The accumulator of this name, made if there is none. */
    Histogram getHistogram(String name);

    /** The files that the program registered, copied to this machine. */
    DistributedCache getDistributedCache();

    /** Always empty: workers have no external resources such as GPUs to give out. */
    Set<ExternalResourceInfo> getExternalResourceInfos(String resourceName);

    /** False: data streams have no broadcast variables. */
    boolean hasBroadcastVariable(String name);

    /**
     * @throws io.millrace.api.error.MillraceException always: data streams have no broadcast
     *     variables, as data sets had. Use broadcast state or the distributed cache.
     */
    <RT> List<RT> getBroadcastVariable(String name);

    /**
     * @throws io.millrace.api.error.MillraceException always, as {@link #getBroadcastVariable}
     */
    <T, C> C getBroadcastVariableWithInitializer(
            String name, BroadcastVariableInitializer<T, C> initializer);

    /**
     * A value for each key of the stream: what it gives and takes belongs to the key of the record
     * or timer that is being processed. To be asked for when the function is opened.
     *
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} if the stream is not
     *     keyed, or if the name is in use with another kind of state
     */
    <T> ValueState<T> getState(ValueStateDescriptor<T> stateProperties);

    /** A list for each key, as {@link #getState}. */
    <T> ListState<T> getListState(ListStateDescriptor<T> stateProperties);

    /** A reduced value for each key, as {@link #getState}. */
    <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> stateProperties);

    /** An aggregate for each key, as {@link #getState}. */
    <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
            AggregatingStateDescriptor<IN, ACC, OUT> stateProperties);

    /** A map for each key, as {@link #getState}. */
    <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> stateProperties);

    /** The same state, with futures. */
    default <T> io.millrace.api.state.v2.ValueState<T> getState(
            io.millrace.api.state.v2.ValueStateDescriptor<T> stateProperties) {
        return io.millrace.api.state.v2.ReadyStates.of(getState(stateProperties.synchronous()));
    }

    /** The same state, with futures. */
    default <T> io.millrace.api.state.v2.ListState<T> getListState(
            io.millrace.api.state.v2.ListStateDescriptor<T> stateProperties) {
        return io.millrace.api.state.v2.ReadyStates.of(getListState(stateProperties.synchronous()));
    }

    /** The same state, with futures. */
    default <T> io.millrace.api.state.v2.ReducingState<T> getReducingState(
            io.millrace.api.state.v2.ReducingStateDescriptor<T> stateProperties) {
        return io.millrace.api.state.v2.ReadyStates.of(
                getReducingState(stateProperties.synchronous()));
    }

    /** The same state, with futures. */
    default <IN, ACC, OUT> io.millrace.api.state.v2.AggregatingState<IN, OUT> getAggregatingState(
            io.millrace.api.state.v2.AggregatingStateDescriptor<IN, ACC, OUT> stateProperties) {
        return io.millrace.api.state.v2.ReadyStates.of(
                getAggregatingState(stateProperties.synchronous()));
    }

    /** The same state, with futures. */
    default <UK, UV> io.millrace.api.state.v2.MapState<UK, UV> getMapState(
            io.millrace.api.state.v2.MapStateDescriptor<UK, UV> stateProperties) {
        return io.millrace.api.state.v2.ReadyStates.of(getMapState(stateProperties.synchronous()));
    }

    /** The serializer that the engine would make for the type, to be used by this function. */
    default <T> TypeSerializer<T> createSerializer(TypeInformation<T> typeInformation) {
        return typeInformation.createSerializer(getExecutionConfig().getSerializerConfig());
    }

    /** The parameters that the program registered for all its functions; read-only. */
    default Map<String, String> getGlobalJobParameters() {
        return getExecutionConfig().getGlobalJobParameters().toMap();
    }

    default boolean isObjectReuseEnabled() {
        return getExecutionConfig().isObjectReuseEnabled();
    }

    /** Same as {@code getJobInfo().getJobId()}. */
    default JobID getJobId() {
        return getJobInfo().getJobId();
    }

    /** Same as {@code getTaskInfo().getTaskName()}. */
    default String getTaskName() {
        return getTaskInfo().getTaskName();
    }

    /** Same as {@code getTaskInfo().getNumberOfParallelSubtasks()}. */
    default int getNumberOfParallelSubtasks() {
        return getTaskInfo().getNumberOfParallelSubtasks();
    }

    /** Same as {@code getTaskInfo().getMaxNumberOfParallelSubtasks()}. */
    default int getMaxNumberOfParallelSubtasks() {
        return getTaskInfo().getMaxNumberOfParallelSubtasks();
    }

    /** Same as {@code getTaskInfo().getIndexOfThisSubtask()}. */
    default int getIndexOfThisSubtask() {
        return getTaskInfo().getIndexOfThisSubtask();
    }

    /** Same as {@code getTaskInfo().getAttemptNumber()}. */
    default int getAttemptNumber() {
        return getTaskInfo().getAttemptNumber();
    }

    /** Same as {@code getTaskInfo().getTaskNameWithSubtasks()}. */
    default String getTaskNameWithSubtasks() {
        return getTaskInfo().getTaskNameWithSubtasks();
    }
}
