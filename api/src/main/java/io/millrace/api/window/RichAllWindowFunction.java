package io.millrace.api.window;

import io.millrace.api.function.AbstractRichFunction;

/** An {@link AllWindowFunction} with open, close and a runtime context. */
public abstract class RichAllWindowFunction<IN, OUT, W extends Window> extends AbstractRichFunction
        implements AllWindowFunction<IN, OUT, W> {
    private static final long serialVersionUID = 1L;
}
