package io.millrace.api.stream;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Window;

/** Aggregates the records of a window when it fires. Confined to its task. */
final class AggregatedWindow<T, ACC, V, OUT, K, W extends Window>
        extends FoldedWindow<T, V, OUT, K, W> {
    private static final long serialVersionUID = 1L;

    private final AggregateFunction<T, ACC, V> aggregator;

    AggregatedWindow(
            AggregateFunction<T, ACC, V> aggregator, ProcessWindowFunction<V, OUT, K, W> function) {
        super(function);
        this.aggregator = aggregator;
    }

    @Override
    V fold(Iterable<T> elements) {
        ACC accumulator = aggregator.createAccumulator();
        for (T element : elements) {
            accumulator = aggregator.add(element, accumulator);
        }
        return aggregator.getResult(accumulator);
    }
}
