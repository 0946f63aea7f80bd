package io.millrace.api.function;

import io.millrace.api.aggregator.Aggregator;
import io.millrace.api.type.Value;

/**
 * What a function may ask in a round of an iteration. There are no iterations of that kind here, so
 * no function is given one.
 */
public interface IterationRuntimeContext extends RuntimeContext {
    /** From 1. */
    int getSuperstepNumber();

    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows
    <T extends Aggregator<?>> T getIterationAggregator(String name);

    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows
    <T extends Value> T getPreviousIterationAggregate(String name);
}
