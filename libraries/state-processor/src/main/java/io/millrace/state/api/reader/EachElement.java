package io.millrace.state.api.reader;

import io.millrace.api.function.Collector;
import io.millrace.api.window.Window;
import io.millrace.state.api.function.WindowReaderFunction;

/** Gives what a window has as it is. Stateless. */
public final class EachElement<T, K, W extends Window> extends WindowReaderFunction<T, T, K, W> {
    private static final long serialVersionUID = 1L;

    @Override
    public void readWindow(K key, Context<W> context, Iterable<T> elements, Collector<T> out) {
        elements.forEach(out::collect);
    }
}
