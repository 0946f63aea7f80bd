package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.TwoInputStreamOperator;

/** Stands for the engine's operator of a function of two inputs; only a harness can run it. */
abstract class TwoInputFunctionOperator<IN1, IN2, OUT> extends AbstractStreamOperator<OUT>
        implements TwoInputStreamOperator<IN1, IN2, OUT> {
    private static final long serialVersionUID = 1L;

    /**
     * @param firstKey null if the first input has no keys
     * @param secondKey null if the second input has no keys
     */
    abstract OperatorSpec spec(KeySelector<?, ?> firstKey, KeySelector<?, ?> secondKey);

    @Override
    public final void processElement1(StreamRecord<IN1> element) {
        throw inHarnessOnly();
    }

    @Override
    public final void processElement2(StreamRecord<IN2> element) {
        throw inHarnessOnly();
    }

    private UnsupportedOperationException inHarnessOnly() {
        return new UnsupportedOperationException(
                getClass().getSimpleName()
                        + " runs in a test harness only. In a program, give the function to the"
                        + " connected streams.");
    }
}
