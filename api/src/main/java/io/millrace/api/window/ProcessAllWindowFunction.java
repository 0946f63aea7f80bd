package io.millrace.api.window;

import io.millrace.api.function.AbstractRichFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.state.KeyedStateStore;

/**
 * Makes results of one window of a stream without keys.
 *
 * @param <IN> what the window has: its records, or the one result of an aggregation
 * @param <OUT> results
 * @param <W> the windows
 */
public abstract class ProcessAllWindowFunction<IN, OUT, W extends Window>
        extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    /**
     * Called each time the window fires; its results have the window's last millisecond as
     * timestamp.
     *
     * @param elements valid during the call only
     */
    public abstract void process(Context context, Iterable<IN> elements, Collector<OUT> out)
            throws Exception;

    /** The window is gone: drops what the function has put into {@link Context#windowState}. */
    public void clear(Context context) throws Exception {}

    /** What is known about the window. Implemented by the engine. */
    public abstract class Context {
        public abstract W window();

        /** States of this window. */
        public abstract KeyedStateStore windowState();

        /** States of all windows together. */
        public abstract KeyedStateStore globalState();

        public abstract <X> void output(OutputTag<X> outputTag, X value);
    }
}
