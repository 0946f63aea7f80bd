package io.millrace.api.window;

import io.millrace.api.function.AbstractRichFunction;

/** A {@link WindowFunction} with open, close and a runtime context. */
public abstract class RichWindowFunction<IN, OUT, KEY, W extends Window>
        extends AbstractRichFunction implements WindowFunction<IN, OUT, KEY, W> {
    private static final long serialVersionUID = 1L;
}
