package io.millrace.api.graph;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.type.TypeInformation;
import java.io.Serializable;

/** What a window keeps of its records until it fires. */
public sealed interface WindowContents extends Serializable {

    /** One record, the fold of all. */
    record Reduced(ReduceFunction<?> function) implements WindowContents {}

    /**
     * One accumulator.
     *
     * @param accumulators null if they are found from the accumulators
     */
    record Aggregated(AggregateFunction<?, ?, ?> function, TypeInformation<?> accumulators)
            implements WindowContents {}

    /** All records, in the order of their arrival. */
    record Collected() implements WindowContents {}
}
