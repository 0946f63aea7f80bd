package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.graph.OperatorSpec;

/** The operator of a process function with keys; for a keyed harness. */
public class KeyedProcessOperator<K, IN, OUT> extends OneInputFunctionOperator<IN, OUT> {
    private static final long serialVersionUID = 1L;

    private final KeyedProcessFunction<K, IN, OUT> function;

    public KeyedProcessOperator(KeyedProcessFunction<K, IN, OUT> function) {
        this.function = function;
    }

    @Override
    OperatorSpec spec(KeySelector<?, ?> key) {
        return new OperatorSpec.KeyedProcessSpec(key, function);
    }
}
