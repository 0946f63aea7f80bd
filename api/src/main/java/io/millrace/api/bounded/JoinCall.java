package io.millrace.api.bounded;

import io.millrace.api.function.Collector;
import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.JoinFunction;
import io.millrace.api.function.RichWrapper;

/** Emits what a join function makes. Confined to its task. */
final class JoinCall<L, R, OUT> extends RichWrapper<JoinFunction<L, R, OUT>>
        implements FlatJoinFunction<L, R, OUT> {
    private static final long serialVersionUID = 1L;

    JoinCall(JoinFunction<L, R, OUT> function) {
        super(function);
    }

    @Override
    public void join(L first, R second, Collector<OUT> out) throws Exception {
        out.collect(wrapped().join(first, second));
    }
}
