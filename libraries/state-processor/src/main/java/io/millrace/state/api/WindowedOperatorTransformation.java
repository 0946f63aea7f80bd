package io.millrace.state.api;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowFunction;

/**
 * Records in windows by key, of which the state of a window operator is to be made: of the operator
 * that a job would have with the same assigner, trigger, evictor and function. Where the program is
 * built; not thread-safe.
 *
 * @param <T> records
 * @param <K> keys
 * @param <W> windows
 * @deprecated {@link WindowedStateTransformation} does it with streams
 */
@Deprecated
public class WindowedOperatorTransformation<T, K, W extends Window> {
    private final WindowedStateTransformation<T, K, W> onStreams;

    WindowedOperatorTransformation(WindowedStateTransformation<T, K, W> onStreams) {
        this.onStreams = onStreams;
    }

    public WindowedOperatorTransformation<T, K, W> trigger(Trigger<? super T, ? super W> trigger) {
        onStreams.trigger(trigger);
        return this;
    }

    public WindowedOperatorTransformation<T, K, W> evictor(Evictor<? super T, ? super W> evictor) {
        onStreams.evictor(evictor);
        return this;
    }

    public BootstrapTransformation<T> reduce(ReduceFunction<T> function) {
        return of(onStreams.reduce(function));
    }

    public <R> BootstrapTransformation<T> reduce(
            ReduceFunction<T> reduceFunction, WindowFunction<T, R, K, W> function) {
        return of(onStreams.reduce(reduceFunction, function));
    }

    /** The same. */
    public <R> BootstrapTransformation<T> reduce(
            ReduceFunction<T> reduceFunction, ProcessWindowFunction<T, R, K, W> function) {
        return of(onStreams.reduce(reduceFunction, function));
    }

    public <ACC, R> BootstrapTransformation<T> aggregate(AggregateFunction<T, ACC, R> function) {
        return of(onStreams.aggregate(function));
    }

    /**
     * @param accumulatorType as in the job
     */
    public <ACC, R> BootstrapTransformation<T> aggregate(
            AggregateFunction<T, ACC, R> function, TypeInformation<ACC> accumulatorType) {
        return of(onStreams.aggregate(function, accumulatorType));
    }

    public <ACC, V, R> BootstrapTransformation<T> aggregate(
            AggregateFunction<T, ACC, V> aggregateFunction,
            WindowFunction<V, R, K, W> windowFunction) {
        return of(onStreams.aggregate(aggregateFunction, windowFunction));
    }

    /**
     * @param accumulatorType as in the job
     */
    public <ACC, V, R> BootstrapTransformation<T> aggregate(
            AggregateFunction<T, ACC, V> aggregateFunction,
            WindowFunction<V, R, K, W> windowFunction,
            TypeInformation<ACC> accumulatorType) {
        return of(onStreams.aggregate(aggregateFunction, windowFunction, accumulatorType));
    }

    public <ACC, V, R> BootstrapTransformation<T> aggregate(
            AggregateFunction<T, ACC, V> aggregateFunction,
            ProcessWindowFunction<V, R, K, W> windowFunction) {
        return of(onStreams.aggregate(aggregateFunction, windowFunction));
    }

    /**
     * @param accumulatorType as in the job
     */
    public <ACC, V, R> BootstrapTransformation<T> aggregate(
            AggregateFunction<T, ACC, V> aggregateFunction,
            ProcessWindowFunction<V, R, K, W> windowFunction,
            TypeInformation<ACC> accumulatorType) {
        return of(onStreams.aggregate(aggregateFunction, windowFunction, accumulatorType));
    }

    public <R> BootstrapTransformation<T> apply(WindowFunction<T, R, K, W> function) {
        return of(onStreams.apply(function));
    }

    public <R> BootstrapTransformation<T> apply(
            WindowFunction<T, R, K, W> function, TypeInformation<R> resultType) {
        return of(onStreams.apply(function, resultType));
    }

    public <R> BootstrapTransformation<T> process(ProcessWindowFunction<T, R, K, W> function) {
        return of(onStreams.process(function));
    }

    private BootstrapTransformation<T> of(StateBootstrapTransformation<T> made) {
        return new BootstrapTransformation<>(made);
    }
}
