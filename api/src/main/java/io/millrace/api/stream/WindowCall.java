package io.millrace.api.stream;

import io.millrace.api.function.Collector;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowFunction;

/** Calls a window function that knows key and window only. Confined to its task. */
final class WindowCall<IN, OUT, K, W extends Window> extends WindowAdapter<IN, OUT, K, W> {
    private static final long serialVersionUID = 1L;

    private final WindowFunction<IN, OUT, K, W> function;

    WindowCall(WindowFunction<IN, OUT, K, W> function) {
        super(function);
        this.function = function;
    }

    @Override
    public void process(K key, Context context, Iterable<IN> elements, Collector<OUT> out)
            throws Exception {
        function.apply(key, context.window(), elements, out);
    }
}
