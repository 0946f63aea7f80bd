package io.millrace.state.api;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.WindowedStream;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.api.window.WindowFunction;
import io.millrace.state.api.operator.Blueprint;

/**
 * Records in windows by key, of which the state of a window operator is to be made: of the operator
 * that a job would have with the same assigner, trigger, evictor and function. No time passes, so
 * windows fire by their count at most, and what they emit is dropped. Where the program is built;
 * not thread-safe.
 *
 * @param <T> records
 * @param <K> keys
 * @param <W> windows
 */
public class WindowedStateTransformation<T, K, W extends Window> {
    private final KeyedStateTransformation<K, T> keyed;
    private final DataStream<T> input;
    private final WindowedStream<T, K, W> windowed;

    WindowedStateTransformation(
            KeyedStateTransformation<K, T> keyed, WindowAssigner<? super T, W> assigner) {
        this.keyed = keyed;
        this.input = Drawing.streamOf(keyed.inputType());
        this.windowed = input.keyBy(keyed.keySelector(), keyed.keyType()).<W>window(assigner);
    }

    public WindowedStateTransformation<T, K, W> trigger(Trigger<? super T, ? super W> trigger) {
        windowed.trigger(trigger);
        return this;
    }

    public WindowedStateTransformation<T, K, W> evictor(Evictor<? super T, ? super W> evictor) {
        windowed.evictor(evictor);
        return this;
    }

    public StateBootstrapTransformation<T> reduce(ReduceFunction<T> function) {
        return of(windowed.reduce(function));
    }

    public <R> StateBootstrapTransformation<T> reduce(
            ReduceFunction<T> reduceFunction, WindowFunction<T, R, K, W> function) {
        return of(windowed.reduce(reduceFunction, function));
    }

    /** The same. */
    public <R> StateBootstrapTransformation<T> reduce(
            ReduceFunction<T> reduceFunction, ProcessWindowFunction<T, R, K, W> function) {
        return of(windowed.reduce(reduceFunction, function));
    }

    public <ACC, R> StateBootstrapTransformation<T> aggregate(
            AggregateFunction<T, ACC, R> function) {
        return of(windowed.aggregate(function));
    }

    /**
     * @param accumulatorType as in the job
     */
    public <ACC, R> StateBootstrapTransformation<T> aggregate(
            AggregateFunction<T, ACC, R> function, TypeInformation<ACC> accumulatorType) {
        return of(windowed.aggregate(function, accumulatorType, null));
    }

    public <ACC, V, R> StateBootstrapTransformation<T> aggregate(
            AggregateFunction<T, ACC, V> aggregateFunction,
            WindowFunction<V, R, K, W> windowFunction) {
        return of(windowed.aggregate(aggregateFunction, windowFunction));
    }

    /**
     * @param accumulatorType as in the job
     */
    public <ACC, V, R> StateBootstrapTransformation<T> aggregate(
            AggregateFunction<T, ACC, V> aggregateFunction,
            WindowFunction<V, R, K, W> windowFunction,
            TypeInformation<ACC> accumulatorType) {
        return of(windowed.aggregate(aggregateFunction, windowFunction, accumulatorType, null));
    }

    public <ACC, V, R> StateBootstrapTransformation<T> aggregate(
            AggregateFunction<T, ACC, V> aggregateFunction,
            ProcessWindowFunction<V, R, K, W> windowFunction) {
        return of(windowed.aggregate(aggregateFunction, windowFunction));
    }

    /**
     * @param accumulatorType as in the job
     */
    public <ACC, V, R> StateBootstrapTransformation<T> aggregate(
            AggregateFunction<T, ACC, V> aggregateFunction,
            ProcessWindowFunction<V, R, K, W> windowFunction,
            TypeInformation<ACC> accumulatorType) {
        return of(
                windowed.aggregate(aggregateFunction, windowFunction, accumulatorType, null, null));
    }

    public <R> StateBootstrapTransformation<T> apply(WindowFunction<T, R, K, W> function) {
        return of(windowed.apply(function));
    }

    public <R> StateBootstrapTransformation<T> apply(
            WindowFunction<T, R, K, W> function, TypeInformation<R> resultType) {
        return of(windowed.apply(function, resultType));
    }

    public <R> StateBootstrapTransformation<T> process(ProcessWindowFunction<T, R, K, W> function) {
        return of(windowed.process(function));
    }

    private StateBootstrapTransformation<T> of(DataStream<?> drawn) {
        return keyed.of(Blueprint.of("", input, drawn));
    }
}
