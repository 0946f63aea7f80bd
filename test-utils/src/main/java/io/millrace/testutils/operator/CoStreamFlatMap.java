package io.millrace.testutils.operator;

import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;

/** The operator of a flat-map function of two inputs. */
public class CoStreamFlatMap<IN1, IN2, OUT> extends TwoInputFunctionOperator<IN1, IN2, OUT> {
    private static final long serialVersionUID = 1L;

    private final CoFlatMapFunction<IN1, IN2, OUT> function;

    public CoStreamFlatMap(CoFlatMapFunction<IN1, IN2, OUT> function) {
        this.function = function;
    }

    @Override
    OperatorSpec spec(KeySelector<?, ?> firstKey, KeySelector<?, ?> secondKey) {
        return new OperatorSpec.CoFlatMapSpec(function);
    }
}
