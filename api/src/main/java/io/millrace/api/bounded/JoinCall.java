package io.millrace.api.bounded;

import io.millrace.api.function.AbstractRichFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.JoinFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.WrappingFunction;

/** Emits what a join function makes. Confined to its task. */
final class JoinCall<L, R, OUT> extends AbstractRichFunction
        implements FlatJoinFunction<L, R, OUT>, WrappingFunction {
    private static final long serialVersionUID = 1L;

    private final JoinFunction<L, R, OUT> function;

    JoinCall(JoinFunction<L, R, OUT> function) {
        this.function = function;
    }

    @Override
    public void join(L first, R second, Collector<OUT> out) throws Exception {
        out.collect(function.join(first, second));
    }

    @Override
    public Function wrapped() {
        return function;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        if (function instanceof RichFunction rich) {
            rich.setRuntimeContext(context);
        }
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        if (function instanceof RichFunction rich) {
            rich.open(openContext);
        }
    }

    @Override
    public void close() throws Exception {
        if (function instanceof RichFunction rich) {
            rich.close();
        }
    }
}
