package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.graph.OperatorSpec;

/** The operator of a process function without keys. */
public class ProcessOperator<IN, OUT> extends OneInputFunctionOperator<IN, OUT> {
    private static final long serialVersionUID = 1L;

    private final ProcessFunction<IN, OUT> function;

    public ProcessOperator(ProcessFunction<IN, OUT> function) {
        this.function = function;
    }

    @Override
    OperatorSpec spec(KeySelector<?, ?> key) {
        return new OperatorSpec.ProcessSpec(function);
    }
}
