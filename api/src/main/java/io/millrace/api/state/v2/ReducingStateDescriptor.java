package io.millrace.api.state.v2;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;

/** The name and type of a value that others are reduced into, and how. */
public class ReducingStateDescriptor<T> extends StateDescriptor<T> {
    private static final long serialVersionUID = 1L;

    private final ReduceFunction<T> reduceFunction;

    public ReducingStateDescriptor(
            String name, ReduceFunction<T> reduceFunction, TypeInformation<T> typeInfo) {
        super(name, typeInfo);
        this.reduceFunction = reduceFunction;
        synchronous(); // refuses a rich function
    }

    public ReducingStateDescriptor(
            String stateId, ReduceFunction<T> reduceFunction, TypeSerializer<T> serializer) {
        super(stateId, serializer);
        this.reduceFunction = reduceFunction;
        synchronous(); // refuses a rich function
    }

    public ReducingStateDescriptor(
            String stateId, ReduceFunction<T> reduceFunction, Class<T> type) {
        super(stateId, type);
        this.reduceFunction = reduceFunction;
        synchronous(); // refuses a rich function
    }

    public ReduceFunction<T> getReduceFunction() {
        return reduceFunction;
    }

    @Override
    public Type getType() {
        return Type.REDUCING;
    }

    @Override
    public final io.millrace.api.state.ReducingStateDescriptor<T> synchronous() {
        return withLifetime(
                new io.millrace.api.state.ReducingStateDescriptor<>(
                        getStateId(), reduceFunction, type()));
    }
}
