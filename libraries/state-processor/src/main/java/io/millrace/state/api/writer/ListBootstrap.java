package io.millrace.state.api.writer;

import io.millrace.api.function.Collector;
import io.millrace.api.function.Function;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.WrappingFunction;
import io.millrace.state.api.function.StateBootstrapFunction;

/**
 * Lets the engine's operator for functions without keys call a bootstrap function, whose states it
 * also initializes and saves. Confined.
 */
public final class ListBootstrap<T> extends ProcessFunction<T, Void> implements WrappingFunction {
    private static final long serialVersionUID = 1L;

    private final StateBootstrapFunction<T> function;

    public ListBootstrap(StateBootstrapFunction<T> function) {
        this.function = function;
    }

    @Override
    public Function wrapped() {
        return function;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        function.setRuntimeContext(context);
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        function.open(openContext);
    }

    @Override
    public void processElement(T value, Context ctx, Collector<Void> out) throws Exception {
        function.processElement(value, ctx.timerService()::currentProcessingTime);
    }

    @Override
    public void close() throws Exception {
        function.close();
    }
}
