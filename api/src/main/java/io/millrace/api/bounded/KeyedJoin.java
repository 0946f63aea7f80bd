package io.millrace.api.bounded;

import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.JoinFunction;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;

/**
 * A join whose keys are said. Immutable.
 *
 * <p>The function is called with each pair, and in outer joins with null in place of a partner that
 * is missing.
 *
 * @param <L> records of the first stream
 * @param <R> records of the second stream
 */
public final class KeyedJoin<L, R> {
    private final JoinInputs<L, R, ?> inputs;

    KeyedJoin(JoinInputs<L, R, ?> inputs) {
        this.inputs = inputs;
    }

    /**
     * How it is to be done.
     *
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} if a stream would be
     *     broadcast of which it matters whether records have partners
     */
    public KeyedJoin<L, R> hint(JoinHint hint) {
        return new KeyedJoin<>(inputs.with(hint));
    }

    public <OUT> SingleOutputStreamOperator<OUT> with(JoinFunction<L, R, OUT> function) {
        return with(function, typeOf(function, JoinFunction.class));
    }

    /**
     * @param outputType null if it is to be found from the records
     */
    public <OUT> SingleOutputStreamOperator<OUT> with(
            JoinFunction<L, R, OUT> function, TypeInformation<OUT> outputType) {
        return inputs.add("Join", new JoinCall<>(function), outputType);
    }

    public <OUT> SingleOutputStreamOperator<OUT> with(FlatJoinFunction<L, R, OUT> function) {
        return with(function, typeOf(function, FlatJoinFunction.class));
    }

    /**
     * @param outputType null if it is to be found from the records
     */
    public <OUT> SingleOutputStreamOperator<OUT> with(
            FlatJoinFunction<L, R, OUT> function, TypeInformation<OUT> outputType) {
        return inputs.add("Join", function, outputType);
    }

    private <OUT> TypeInformation<OUT> typeOf(Object function, Class<?> base) {
        return TypeExtractor.resultOf(
                function, base, 2, 0, inputs.first().getType(), 1, inputs.second().getType());
    }
}
