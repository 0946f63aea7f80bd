package io.millrace.api.state;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;
import java.util.Objects;

/**
 * The name of an aggregate, the type of its accumulator, and the function. A rich function is not
 * opened.
 *
 * @param <IN> what is added
 * @param <ACC> what the state holds
 * @param <OUT> the result
 */
public class AggregatingStateDescriptor<IN, ACC, OUT>
        extends StateDescriptor<AggregatingState<IN, OUT>, ACC> {
    private static final long serialVersionUID = 1L;

    private final AggregateFunction<IN, ACC, OUT> aggregateFunction;

    public AggregatingStateDescriptor(
            String name, AggregateFunction<IN, ACC, OUT> aggFunction, Class<ACC> stateType) {
        super(name, stateType, null);
        this.aggregateFunction = checked(aggFunction);
    }

    public AggregatingStateDescriptor(
            String name,
            AggregateFunction<IN, ACC, OUT> aggFunction,
            TypeInformation<ACC> stateType) {
        super(name, stateType, null);
        this.aggregateFunction = checked(aggFunction);
    }

    public AggregatingStateDescriptor(
            String name,
            AggregateFunction<IN, ACC, OUT> aggFunction,
            TypeSerializer<ACC> typeSerializer) {
        super(name, typeSerializer, null);
        this.aggregateFunction = checked(aggFunction);
    }

    private static <F> F checked(F function) {
        return Objects.requireNonNull(function, "The function of an aggregating state is null.");
    }

    public AggregateFunction<IN, ACC, OUT> getAggregateFunction() {
        return aggregateFunction;
    }

    @Override
    public Type getType() {
        return Type.AGGREGATING;
    }

    @Override
    public AggregatingState<IN, OUT> in(KeyedStateStore store) {
        return store.getAggregatingState(this);
    }
}
