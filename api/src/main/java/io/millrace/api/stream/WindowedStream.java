package io.millrace.api.stream;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.time.Time;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.api.window.WindowFunction;
import java.time.Duration;

/**
 * The records of a keyed stream, grouped by windows. Not thread-safe.
 *
 * @param <T> the records
 * @param <K> the keys
 * @param <W> the windows
 */
public class WindowedStream<T, K, W extends Window> {
    private final WindowDraft<T, K, W> windows;

    public WindowedStream(KeyedStream<T, K> input, WindowAssigner<? super T, W> windowAssigner) {
        this.windows = new WindowDraft<>(input, windowAssigner);
    }

    /**
     * Says when windows fire, in place of the assigner's own trigger.
     *
     * @throws UnsupportedOperationException if windows merge and the trigger cannot
     */
    public WindowedStream<T, K, W> trigger(Trigger<? super T, ? super W> trigger) {
        windows.trigger(trigger);
        return this;
    }

    /**
     * How long a window is kept after event time has passed its end: a late record makes it fire
     * again. Not at all by default. Windows of processing time have no late records, so it means
     * nothing for them.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public WindowedStream<T, K, W> allowedLateness(Duration lateness) {
        windows.allowedLateness(lateness);
        return this;
    }

    /**
     * @deprecated use {@link #allowedLateness(Duration)}
     */
    @Deprecated
    public WindowedStream<T, K, W> allowedLateness(Time lateness) {
        return allowedLateness(lateness.toDuration());
    }

    /**
     * Where records go that are late for all their windows; they are dropped by default. Read them
     * with {@link SingleOutputStreamOperator#getSideOutput}.
     */
    public WindowedStream<T, K, W> sideOutputLateData(OutputTag<T> outputTag) {
        windows.sideOutputLateData(outputTag);
        return this;
    }

    /**
     * Takes records out of windows before or after their function has seen them. Windows then keep
     * all their records, also those that reduce or aggregate them.
     */
    public WindowedStream<T, K, W> evictor(Evictor<? super T, ? super W> evictor) {
        windows.evictor(evictor);
        return this;
    }

    /**
     * This stream. Functions have the state of their key at hand without waiting, so there is
     * nothing to be made asynchronous.
     */
    public WindowedStream<T, K, W> enableAsyncState() {
        return this;
    }

    /**
     * Folds the records of each window as they come.
     *
     * @throws UnsupportedOperationException if the function is a rich one
     */
    public SingleOutputStreamOperator<T> reduce(ReduceFunction<T> function) {
        return windows.reduce(function, null, getInputType());
    }

    /** The same; the function makes results of the fold, its only element. */
    public <R> SingleOutputStreamOperator<R> reduce(
            ReduceFunction<T> reduceFunction, WindowFunction<T, R, K, W> function) {
        return reduce(reduceFunction, function, resultOf(function, getInputType()));
    }

    public <R> SingleOutputStreamOperator<R> reduce(
            ReduceFunction<T> reduceFunction,
            WindowFunction<T, R, K, W> function,
            TypeInformation<R> resultType) {
        return windows.reduce(reduceFunction, new WindowCall<>(function), resultType);
    }

    /** The same; the function makes results of the fold, its only element. */
    public <R> SingleOutputStreamOperator<R> reduce(
            ReduceFunction<T> reduceFunction, ProcessWindowFunction<T, R, K, W> function) {
        return reduce(reduceFunction, function, resultOf(function, getInputType()));
    }

    public <R> SingleOutputStreamOperator<R> reduce(
            ReduceFunction<T> reduceFunction,
            ProcessWindowFunction<T, R, K, W> function,
            TypeInformation<R> resultType) {
        return windows.reduce(reduceFunction, function, resultType);
    }

    /**
     * Folds the records of each window into an accumulator as they come.
     *
     * @throws UnsupportedOperationException if the function is a rich one
     */
    public <ACC, R> SingleOutputStreamOperator<R> aggregate(AggregateFunction<T, ACC, R> function) {
        return aggregate(function, accumulatorOf(function), resultOf(function));
    }

    public <ACC, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, ACC, R> function,
            TypeInformation<ACC> accumulatorType,
            TypeInformation<R> resultType) {
        return windows.aggregate(function, accumulatorType, null, resultType);
    }

    /** The same; the second function makes results of the first one's, its only element. */
    public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, ACC, V> aggFunction, WindowFunction<V, R, K, W> windowFunction) {
        return aggregate(
                aggFunction,
                windowFunction,
                accumulatorOf(aggFunction),
                resultOf(windowFunction, resultOf(aggFunction)));
    }

    public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, ACC, V> aggregateFunction,
            WindowFunction<V, R, K, W> windowFunction,
            TypeInformation<ACC> accumulatorType,
            TypeInformation<R> resultType) {
        return windows.aggregate(
                aggregateFunction, accumulatorType, new WindowCall<>(windowFunction), resultType);
    }

    /** The same; the second function makes results of the first one's, its only element. */
    public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, ACC, V> aggFunction,
            ProcessWindowFunction<V, R, K, W> windowFunction) {
        TypeInformation<V> aggregateType = resultOf(aggFunction);
        return aggregate(
                aggFunction,
                windowFunction,
                accumulatorOf(aggFunction),
                aggregateType,
                resultOf(windowFunction, aggregateType));
    }

    /**
     * @param aggregateResultType not needed: those results never leave the operator
     */
    public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, ACC, V> aggregateFunction,
            ProcessWindowFunction<V, R, K, W> windowFunction,
            TypeInformation<ACC> accumulatorType,
            TypeInformation<V> aggregateResultType,
            TypeInformation<R> resultType) {
        return windows.aggregate(aggregateFunction, accumulatorType, windowFunction, resultType);
    }

    /** Calls the function with all records of each window when it fires. */
    public <R> SingleOutputStreamOperator<R> apply(WindowFunction<T, R, K, W> function) {
        return apply(function, resultOf(function, getInputType()));
    }

    public <R> SingleOutputStreamOperator<R> apply(
            WindowFunction<T, R, K, W> function, TypeInformation<R> resultType) {
        return windows.process(new WindowCall<>(function), resultType);
    }

    /**
     * @deprecated use {@link #reduce(ReduceFunction, WindowFunction)}
     */
    @Deprecated
    public <R> SingleOutputStreamOperator<R> apply(
            ReduceFunction<T> reduceFunction, WindowFunction<T, R, K, W> function) {
        return reduce(reduceFunction, function);
    }

    /**
     * @deprecated use {@link #reduce(ReduceFunction, WindowFunction, TypeInformation)}
     */
    @Deprecated
    public <R> SingleOutputStreamOperator<R> apply(
            ReduceFunction<T> reduceFunction,
            WindowFunction<T, R, K, W> function,
            TypeInformation<R> resultType) {
        return reduce(reduceFunction, function, resultType);
    }

    /** Calls the function with all records of each window when it fires. */
    public <R> SingleOutputStreamOperator<R> process(ProcessWindowFunction<T, R, K, W> function) {
        return process(function, resultOf(function, getInputType()));
    }

    public <R> SingleOutputStreamOperator<R> process(
            ProcessWindowFunction<T, R, K, W> function, TypeInformation<R> resultType) {
        return windows.process(function, resultType);
    }

    private static <V, R> TypeInformation<R> resultOf(
            WindowFunction<V, R, ?, ?> function, TypeInformation<V> inputType) {
        return TypeExtractor.resultOf(function, WindowFunction.class, 1, 0, inputType);
    }

    private static <V, R> TypeInformation<R> resultOf(
            ProcessWindowFunction<V, R, ?, ?> function, TypeInformation<V> inputType) {
        return TypeExtractor.resultOf(function, ProcessWindowFunction.class, 1, 0, inputType);
    }

    private <V> TypeInformation<V> resultOf(AggregateFunction<T, ?, V> function) {
        return TypeExtractor.resultOf(function, AggregateFunction.class, 2, 0, getInputType());
    }

    private <ACC> TypeInformation<ACC> accumulatorOf(AggregateFunction<T, ACC, ?> function) {
        return TypeExtractor.resultOf(function, AggregateFunction.class, 1, 0, getInputType());
    }

    private SingleOutputStreamOperator<T> fold(ReduceFunction<T> function) {
        return windows.reduce(function, null, getInputType());
    }

    /** The sum of a number field; the other fields are those of the first record of the window. */
    public SingleOutputStreamOperator<T> sum(int positionToSum) {
        return sum(String.valueOf(positionToSum));
    }

    public SingleOutputStreamOperator<T> sum(String field) {
        return fold(new FieldSum<>(FieldAccess.ofNumber(getInputType(), field)));
    }

    /** The lowest value of a field; the other fields are those of the window's first record. */
    public SingleOutputStreamOperator<T> min(int positionToMin) {
        return min(String.valueOf(positionToMin));
    }

    public SingleOutputStreamOperator<T> min(String field) {
        return fold(FieldExtreme.value(FieldAccess.ofComparable(getInputType(), field), true));
    }

    /** The highest value of a field; the other fields are those of the window's first record. */
    public SingleOutputStreamOperator<T> max(int positionToMax) {
        return max(String.valueOf(positionToMax));
    }

    public SingleOutputStreamOperator<T> max(String field) {
        return fold(FieldExtreme.value(FieldAccess.ofComparable(getInputType(), field), false));
    }

    /** The record with the lowest value of a field; of equal ones, the first. */
    public SingleOutputStreamOperator<T> minBy(int positionToMinBy) {
        return minBy(positionToMinBy, true);
    }

    public SingleOutputStreamOperator<T> minBy(String positionToMinBy) {
        return minBy(positionToMinBy, true);
    }

    /**
     * @param first of equal ones the first, else the last
     */
    public SingleOutputStreamOperator<T> minBy(int positionToMinBy, boolean first) {
        return minBy(String.valueOf(positionToMinBy), first);
    }

    /**
     * @param first of equal ones the first, else the last
     */
    public SingleOutputStreamOperator<T> minBy(String field, boolean first) {
        return fold(
                FieldExtreme.record(FieldAccess.ofComparable(getInputType(), field), true, first));
    }

    /** The record with the highest value of a field; of equal ones, the first. */
    public SingleOutputStreamOperator<T> maxBy(int positionToMaxBy) {
        return maxBy(positionToMaxBy, true);
    }

    public SingleOutputStreamOperator<T> maxBy(String positionToMaxBy) {
        return maxBy(positionToMaxBy, true);
    }

    /**
     * @param first of equal ones the first, else the last
     */
    public SingleOutputStreamOperator<T> maxBy(int positionToMaxBy, boolean first) {
        return maxBy(String.valueOf(positionToMaxBy), first);
    }

    /**
     * @param first of equal ones the first, else the last
     */
    public SingleOutputStreamOperator<T> maxBy(String field, boolean first) {
        return fold(
                FieldExtreme.record(FieldAccess.ofComparable(getInputType(), field), false, first));
    }

    public StreamExecutionEnvironment getExecutionEnvironment() {
        return windows.input().getExecutionEnvironment();
    }

    /** Null if the type is erased. */
    public TypeInformation<T> getInputType() {
        return windows.input().getType();
    }
}
