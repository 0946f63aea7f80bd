package io.millrace.api.operator;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;

/** The context of an operator's functions, as a class. Completed by the engine. */
public abstract class StreamingRuntimeContext implements RuntimeContext {
    /** Null on streams without keys. */
    private KeyedStateStore keyedStateStore;

    /**
     * Where the functions' keyed state comes from; set by the engine before they are opened.
     *
     * @param keyedStateStore null on streams without keys
     */
    public void setKeyedStateStore(KeyedStateStore keyedStateStore) {
        this.keyedStateStore = keyedStateStore;
    }

    /** Null on streams without keys. */
    public KeyedStateStore getKeyedStateStore() {
        return keyedStateStore;
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> stateProperties) {
        return storeFor(stateProperties).getState(stateProperties);
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> stateProperties) {
        return storeFor(stateProperties).getListState(stateProperties);
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> stateProperties) {
        return storeFor(stateProperties).getReducingState(stateProperties);
    }

    @Override
    public <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
            AggregatingStateDescriptor<IN, ACC, OUT> stateProperties) {
        return storeFor(stateProperties).getAggregatingState(stateProperties);
    }

    @Override
    public <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> stateProperties) {
        return storeFor(stateProperties).getMapState(stateProperties);
    }

    /**
     * The state of the current key.
     *
     * @throws MillraceException {@code PROGRAM_INVALID} on streams without keys
     */
    public <S extends State> S stateOf(StateDescriptor<S, ?> descriptor) {
        return descriptor.in(storeFor(descriptor));
    }

    private KeyedStateStore storeFor(StateDescriptor<?, ?> descriptor) {
        if (descriptor == null) {
            throw new NullPointerException("The descriptor of a state is null.");
        }
        if (keyedStateStore == null) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "state '"
                            + descriptor.getName()
                            + "' ("
                            + descriptor.getType()
                            + ") belongs to the keys of a stream, but the input of "
                            + getTaskInfo().getTaskName()
                            + " has none. Use keyBy() before the function, or implement"
                            + " CheckpointedFunction for state without keys.");
        }
        descriptor.initializeSerializerUnlessSet(getExecutionConfig());
        return keyedStateStore;
    }
}
