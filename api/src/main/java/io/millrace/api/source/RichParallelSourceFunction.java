package io.millrace.api.source;

import io.millrace.api.function.AbstractRichFunction;

/**
 * A parallel source function with a life and a context, which tells the subtask.
 *
 * @deprecated use a {@link Source}
 */
@Deprecated
public abstract class RichParallelSourceFunction<OUT> extends AbstractRichFunction
        implements ParallelSourceFunction<OUT> {
    private static final long serialVersionUID = 1L;
}
