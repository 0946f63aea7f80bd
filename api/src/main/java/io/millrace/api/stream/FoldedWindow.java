package io.millrace.api.stream;

import io.millrace.api.function.Collector;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Window;
import java.util.List;

/**
 * Folds the records of a window when it fires, where they must be kept one by one until then, and
 * hands the fold to a window function. Confined to its task.
 *
 * @param <V> folds
 */
abstract class FoldedWindow<IN, V, OUT, K, W extends Window> extends WindowAdapter<IN, OUT, K, W> {
    private static final long serialVersionUID = 1L;

    private final ProcessWindowFunction<V, OUT, K, W> function;

    /**
     * @param function null if the fold is the result
     */
    FoldedWindow(ProcessWindowFunction<V, OUT, K, W> function) {
        super(function);
        this.function = function;
    }

    /** Null if there is none. */
    abstract V fold(Iterable<IN> elements) throws Exception;

    @Override
    @SuppressWarnings("unchecked")
    public void process(K key, Context context, Iterable<IN> elements, Collector<OUT> out)
            throws Exception {
        V fold = fold(elements);
        if (fold == null) {
            return;
        }
        if (function == null) {
            out.collect((OUT) fold);
        } else {
            function.process(key, asSeenByFunction(context), List.of(fold), out);
        }
    }

    @Override
    public void clear(Context context) throws Exception {
        if (function != null) {
            function.clear(asSeenByFunction(context));
        }
    }

    /** A context says nothing about what the window has, so it serves both. */
    @SuppressWarnings("unchecked")
    private ProcessWindowFunction<V, OUT, K, W>.Context asSeenByFunction(Context context) {
        return (ProcessWindowFunction<V, OUT, K, W>.Context)
                (ProcessWindowFunction<?, OUT, K, W>.Context) context;
    }
}
