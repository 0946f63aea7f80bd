package io.millrace.api.window;

import io.millrace.api.function.Collector;
import io.millrace.api.function.Function;
import java.io.Serializable;

/**
 * Makes results of one window of one key.
 *
 * @param <IN> what the window has: its records, or the one result of an aggregation
 * @param <OUT> results
 * @param <KEY> the keys
 * @param <W> the windows
 */
@FunctionalInterface
public interface WindowFunction<IN, OUT, KEY, W extends Window> extends Function, Serializable {
    /**
     * Called each time the window fires.
     *
     * @param input valid during the call only
     */
    void apply(KEY key, W window, Iterable<IN> input, Collector<OUT> out) throws Exception;
}
