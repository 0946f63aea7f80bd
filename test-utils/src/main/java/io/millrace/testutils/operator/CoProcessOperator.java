package io.millrace.testutils.operator;

import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;

/** The operator of a process function of two inputs without keys. */
public class CoProcessOperator<IN1, IN2, OUT> extends TwoInputFunctionOperator<IN1, IN2, OUT> {
    private static final long serialVersionUID = 1L;

    private final CoProcessFunction<IN1, IN2, OUT> function;

    public CoProcessOperator(CoProcessFunction<IN1, IN2, OUT> function) {
        this.function = function;
    }

    @Override
    OperatorSpec spec(KeySelector<?, ?> firstKey, KeySelector<?, ?> secondKey) {
        return new OperatorSpec.CoProcessSpec(function);
    }
}
