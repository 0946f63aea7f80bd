package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.StreamRecord;

/** Stands for the engine's operator of a function; only a harness can run it. */
abstract class OneInputFunctionOperator<IN, OUT> extends AbstractStreamOperator<OUT>
        implements OneInputStreamOperator<IN, OUT> {
    private static final long serialVersionUID = 1L;

    /**
     * @param key null without keys
     */
    abstract OperatorSpec spec(KeySelector<?, ?> key);

    @Override
    public final void processElement(StreamRecord<IN> element) {
        throw new UnsupportedOperationException(
                getClass().getSimpleName()
                        + " runs in a test harness only. In a program, give the function to the"
                        + " stream.");
    }
}
