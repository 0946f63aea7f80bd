package io.millrace.api.source;

import io.millrace.api.function.AbstractRichFunction;

/**
 * A source function with a life and a context.
 *
 * @deprecated use a {@link Source}
 */
@Deprecated
public abstract class RichSourceFunction<OUT> extends AbstractRichFunction
        implements SourceFunction<OUT> {
    private static final long serialVersionUID = 1L;
}
