package io.millrace.api.window;

import io.millrace.api.function.AbstractRichFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.state.KeyedStateStore;
import java.io.Serializable;

/**
 * Makes results of one window of one key.
 *
 * @param <IN> what the window has: its records, or the one result of an aggregation
 * @param <OUT> results
 * @param <KEY> the keys
 * @param <W> the windows
 */
public abstract class ProcessWindowFunction<IN, OUT, KEY, W extends Window>
        extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    /**
     * Called each time the window fires; its results have the window's last millisecond as
     * timestamp.
     *
     * @param elements valid during the call only
     */
    public abstract void process(
            KEY key, Context context, Iterable<IN> elements, Collector<OUT> out) throws Exception;

    /** The window is gone: drops what the function has put into {@link Context#windowState}. */
    public void clear(Context context) throws Exception {}

    /** What is known about the window. Implemented by the engine. */
    public abstract class Context implements Serializable {
        private static final long serialVersionUID = 1L;

        public abstract W window();

        /** The wall clock, in milliseconds since the epoch. */
        public abstract long currentProcessingTime();

        /** In milliseconds since the epoch; {@code Long.MIN_VALUE} before the first one. */
        public abstract long currentWatermark();

        /** States of this key and window. */
        public abstract KeyedStateStore windowState();

        /** States of this key. */
        public abstract KeyedStateStore globalState();

        public abstract <X> void output(OutputTag<X> outputTag, X value);
    }
}
