package io.millrace.api.stream;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Window;

/** Reduces the records of a window when it fires. Confined to its task. */
final class ReducedWindow<T, OUT, K, W extends Window> extends FoldedWindow<T, T, OUT, K, W> {
    private static final long serialVersionUID = 1L;

    private final ReduceFunction<T> reducer;

    ReducedWindow(ReduceFunction<T> reducer, ProcessWindowFunction<T, OUT, K, W> function) {
        super(function);
        this.reducer = reducer;
    }

    @Override
    T fold(Iterable<T> elements) throws Exception {
        T fold = null;
        for (T element : elements) {
            fold = fold == null ? element : reducer.reduce(fold, element);
        }
        return fold;
    }
}
