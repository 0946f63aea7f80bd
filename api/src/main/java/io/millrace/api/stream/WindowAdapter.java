package io.millrace.api.stream;

import io.millrace.api.function.Function;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.WrappingFunction;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Window;

/**
 * Another kind of function as a window function, opened and closed with it. Confined to its task.
 */
abstract class WindowAdapter<IN, OUT, K, W extends Window>
        extends ProcessWindowFunction<IN, OUT, K, W> implements WrappingFunction {
    private static final long serialVersionUID = 1L;

    private final Function function;

    WindowAdapter(Function function) {
        this.function = function;
    }

    @Override
    public final Function wrapped() {
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
