package io.millrace.api.async;

import io.millrace.api.function.AbstractRichFunction;

/** An {@link AsyncFunction} with open, close and a runtime context. */
public abstract class RichAsyncFunction<IN, OUT> extends AbstractRichFunction
        implements AsyncFunction<IN, OUT> {
    private static final long serialVersionUID = 1L;

    @Override
    public abstract void asyncInvoke(IN input, ResultFuture<OUT> resultFuture) throws Exception;
}
