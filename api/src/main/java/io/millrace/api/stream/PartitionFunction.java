package io.millrace.api.stream;

import io.millrace.api.function.AbstractRichFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichFunction;
import io.millrace.api.function.RuntimeContext;

/** Processes a partition by another function, which it opens and closes. Confined to its task. */
abstract class PartitionFunction<T, R> extends AbstractRichFunction
        implements MapPartitionFunction<T, R> {
    private static final long serialVersionUID = 1L;

    private final Function inner;

    PartitionFunction(Function inner) {
        this.inner = inner;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        if (inner instanceof RichFunction rich) {
            rich.setRuntimeContext(context);
        }
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        if (inner instanceof RichFunction rich) {
            rich.open(openContext);
        }
    }

    @Override
    public void close() throws Exception {
        if (inner instanceof RichFunction rich) {
            rich.close();
        }
    }
}
