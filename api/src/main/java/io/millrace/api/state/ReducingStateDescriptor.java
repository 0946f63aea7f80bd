package io.millrace.api.state;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;
import java.util.Objects;

/** The name and type of a value that others are reduced into, and how. */
public class ReducingStateDescriptor<T> extends StateDescriptor<ReducingState<T>, T> {
    private static final long serialVersionUID = 1L;

    private final ReduceFunction<T> reduceFunction;

    /**
     * @throws UnsupportedOperationException if the function is a rich one: nobody opens it
     */
    public ReducingStateDescriptor(
            String name, ReduceFunction<T> reduceFunction, Class<T> typeClass) {
        super(name, typeClass, null);
        this.reduceFunction = checked(reduceFunction);
    }

    /**
     * @throws UnsupportedOperationException if the function is a rich one: nobody opens it
     */
    public ReducingStateDescriptor(
            String name, ReduceFunction<T> reduceFunction, TypeInformation<T> typeInfo) {
        super(name, typeInfo, null);
        this.reduceFunction = checked(reduceFunction);
    }

    /**
     * @throws UnsupportedOperationException if the function is a rich one: nobody opens it
     */
    public ReducingStateDescriptor(
            String name, ReduceFunction<T> reduceFunction, TypeSerializer<T> typeSerializer) {
        super(name, typeSerializer, null);
        this.reduceFunction = checked(reduceFunction);
    }

    private ReduceFunction<T> checked(ReduceFunction<T> function) {
        Objects.requireNonNull(function, "The function of a reducing state is null.");
        if (function instanceof RichFunction) {
            throw new UnsupportedOperationException(
                    "The function of reducing state '"
                            + name
                            + "' is a RichFunction, which a state can neither open nor close. Use"
                            + " a plain ReduceFunction.");
        }
        return function;
    }

    public ReduceFunction<T> getReduceFunction() {
        return reduceFunction;
    }

    @Override
    public Type getType() {
        return Type.REDUCING;
    }

    @Override
    public ReducingState<T> in(KeyedStateStore store) {
        return store.getReducingState(this);
    }
}
