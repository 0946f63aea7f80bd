package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.graph.OperatorSpec;

/** The operator of a process function of two inputs that are keyed alike; for a keyed harness. */
public class KeyedCoProcessOperator<K, IN1, IN2, OUT>
        extends TwoInputFunctionOperator<IN1, IN2, OUT> {
    private static final long serialVersionUID = 1L;

    private final KeyedCoProcessFunction<K, IN1, IN2, OUT> function;

    public KeyedCoProcessOperator(KeyedCoProcessFunction<K, IN1, IN2, OUT> function) {
        this.function = function;
    }

    @Override
    OperatorSpec spec(KeySelector<?, ?> firstKey, KeySelector<?, ?> secondKey) {
        return new OperatorSpec.KeyedCoProcessSpec(firstKey, secondKey, function);
    }
}
