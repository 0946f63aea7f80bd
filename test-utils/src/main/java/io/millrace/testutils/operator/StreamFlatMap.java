package io.millrace.testutils.operator;

import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;

/** The operator of a flat-map function. */
public class StreamFlatMap<IN, OUT> extends OneInputFunctionOperator<IN, OUT> {
    private static final long serialVersionUID = 1L;

    private final FlatMapFunction<IN, OUT> function;

    public StreamFlatMap(FlatMapFunction<IN, OUT> function) {
        this.function = function;
    }

    @Override
    OperatorSpec spec(KeySelector<?, ?> key) {
        return new OperatorSpec.FlatMapSpec(function);
    }
}
