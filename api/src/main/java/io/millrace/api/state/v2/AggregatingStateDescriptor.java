package io.millrace.api.state.v2;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;
import java.util.Objects;

/**
 * The name of an aggregate, the type of its accumulator, and the function.
 *
 * @param <IN> what is added
 * @param <ACC> what the state holds
 * @param <OUT> the result
 */
public class AggregatingStateDescriptor<IN, ACC, OUT> extends StateDescriptor<ACC> {
    private static final long serialVersionUID = 1L;

    private static final String NO_FUNCTION = "The function of an aggregating state is null.";

    private final AggregateFunction<IN, ACC, OUT> aggregateFunction;

    public AggregatingStateDescriptor(
            String stateId,
            AggregateFunction<IN, ACC, OUT> aggregateFunction,
            TypeInformation<ACC> typeInfo) {
        super(stateId, typeInfo);
        this.aggregateFunction = Objects.requireNonNull(aggregateFunction, NO_FUNCTION);
    }

    public AggregatingStateDescriptor(
            String stateId,
            AggregateFunction<IN, ACC, OUT> aggregateFunction,
            TypeSerializer<ACC> serializer) {
        super(stateId, serializer);
        this.aggregateFunction = Objects.requireNonNull(aggregateFunction, NO_FUNCTION);
    }

    public AggregatingStateDescriptor(
            String stateId, AggregateFunction<IN, ACC, OUT> aggregateFunction, Class<ACC> type) {
        super(stateId, type);
        this.aggregateFunction = Objects.requireNonNull(aggregateFunction, NO_FUNCTION);
    }

    public AggregateFunction<IN, ACC, OUT> getAggregateFunction() {
        return aggregateFunction;
    }

    @Override
    public Type getType() {
        return Type.AGGREGATING;
    }

    @Override
    public io.millrace.api.state.AggregatingStateDescriptor<IN, ACC, OUT> synchronous() {
        return withLifetime(
                new io.millrace.api.state.AggregatingStateDescriptor<>(
                        getStateId(), aggregateFunction, type()));
    }
}
