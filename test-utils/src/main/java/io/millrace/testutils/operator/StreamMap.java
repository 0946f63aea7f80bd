package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.graph.OperatorSpec;

/** The operator of a map function. */
public class StreamMap<IN, OUT> extends OneInputFunctionOperator<IN, OUT> {
    private static final long serialVersionUID = 1L;

    private final MapFunction<IN, OUT> function;

    public StreamMap(MapFunction<IN, OUT> function) {
        this.function = function;
    }

    @Override
    OperatorSpec spec(KeySelector<?, ?> key) {
        return new OperatorSpec.MapSpec(function);
    }
}
