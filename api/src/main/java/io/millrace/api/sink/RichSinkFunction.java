package io.millrace.api.sink;

import io.millrace.api.function.AbstractRichFunction;

/**
 * A sink function with a life and a context.
 *
 * @deprecated use a {@link Sink}
 */
@Deprecated
public abstract class RichSinkFunction<IN> extends AbstractRichFunction
        implements SinkFunction<IN> {
    private static final long serialVersionUID = 1L;
}
