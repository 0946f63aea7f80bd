package io.millrace.api.window;

import io.millrace.api.function.Collector;
import io.millrace.api.function.Function;
import java.io.Serializable;

/**
 * Makes results of one window of a stream without keys.
 *
 * @param <IN> what the window has: its records, or the one result of an aggregation
 * @param <OUT> results
 * @param <W> the windows
 */
@FunctionalInterface
public interface AllWindowFunction<IN, OUT, W extends Window> extends Function, Serializable {
    /**
     * Called each time the window fires.
     *
     * @param values valid during the call only
     */
    void apply(W window, Iterable<IN> values, Collector<OUT> out) throws Exception;
}
