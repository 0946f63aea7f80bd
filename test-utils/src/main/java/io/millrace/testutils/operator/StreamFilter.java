package io.millrace.testutils.operator;

import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;

/** The operator of a filter function. */
public class StreamFilter<IN> extends OneInputFunctionOperator<IN, IN> {
    private static final long serialVersionUID = 1L;

    private final FilterFunction<IN> function;

    public StreamFilter(FilterFunction<IN> function) {
        this.function = function;
    }

    @Override
    OperatorSpec spec(KeySelector<?, ?> key) {
        return new OperatorSpec.FilterSpec(function);
    }
}
