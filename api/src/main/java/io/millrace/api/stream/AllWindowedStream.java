package io.millrace.api.stream;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.time.Time;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.AllWindowFunction;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.ProcessAllWindowFunction;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.time.Duration;

/**
 * The records of a stream without keys, grouped by windows: all of them in one subtask. Not
 * thread-safe.
 *
 * @param <T> the records
 * @param <W> the windows
 */
public class AllWindowedStream<T, W extends Window> {
    private final WindowDraft<T, Byte, W> windows;

    public AllWindowedStream(DataStream<T> input, WindowAssigner<? super T, W> windowAssigner) {
        this.windows =
                new WindowDraft<>(
                        new KeyedStream<>(input, new OneKey<>(), Types.BYTE), windowAssigner);
    }

    /**
     * Says when windows fire, in place of the assigner's own trigger.
     *
     * @throws UnsupportedOperationException if windows merge and the trigger cannot
     */
    public AllWindowedStream<T, W> trigger(Trigger<? super T, ? super W> trigger) {
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
    public AllWindowedStream<T, W> allowedLateness(Duration lateness) {
        windows.allowedLateness(lateness);
        return this;
    }

    /**
     * @deprecated use {@link #allowedLateness(Duration)}
     */
    @Deprecated
    public AllWindowedStream<T, W> allowedLateness(Time lateness) {
        return allowedLateness(lateness.toDuration());
    }

    /**
     * Where records go that are late for all their windows; they are dropped by default. Read them
     * with {@link SingleOutputStreamOperator#getSideOutput}.
     */
    public AllWindowedStream<T, W> sideOutputLateData(OutputTag<T> outputTag) {
        windows.sideOutputLateData(outputTag);
        return this;
    }

    /**
     * Takes records out of windows before or after their function has seen them. Windows then keep
     * all their records, also those that reduce or aggregate them.
     */
    public AllWindowedStream<T, W> evictor(Evictor<? super T, ? super W> evictor) {
        windows.evictor(evictor);
        return this;
    }

    /**
     * Folds the records of each window as they come.
     *
     * @throws UnsupportedOperationException if the function is a rich one
     */
    public SingleOutputStreamOperator<T> reduce(ReduceFunction<T> function) {
        return alone(windows.reduce(function, null, getInputType()));
    }

    /** The same; the function makes results of the fold, its only element. */
    public <R> SingleOutputStreamOperator<R> reduce(
            ReduceFunction<T> reduceFunction, AllWindowFunction<T, R, W> function) {
        return reduce(reduceFunction, function, resultOf(function, getInputType()));
    }

    public <R> SingleOutputStreamOperator<R> reduce(
            ReduceFunction<T> reduceFunction,
            AllWindowFunction<T, R, W> function,
            TypeInformation<R> resultType) {
        return alone(windows.reduce(reduceFunction, new AllWindowCall<>(function), resultType));
    }

    /** The same; the function makes results of the fold, its only element. */
    public <R> SingleOutputStreamOperator<R> reduce(
            ReduceFunction<T> reduceFunction, ProcessAllWindowFunction<T, R, W> function) {
        return reduce(reduceFunction, function, resultOf(function, getInputType()));
    }

    public <R> SingleOutputStreamOperator<R> reduce(
            ReduceFunction<T> reduceFunction,
            ProcessAllWindowFunction<T, R, W> function,
            TypeInformation<R> resultType) {
        return alone(windows.reduce(reduceFunction, new AllWindowProcess<>(function), resultType));
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
        return alone(windows.aggregate(function, accumulatorType, null, resultType));
    }

    /** The same; the second function makes results of the first one's, its only element. */
    public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, ACC, V> aggFunction, AllWindowFunction<V, R, W> windowFunction) {
        return aggregate(
                aggFunction,
                windowFunction,
                accumulatorOf(aggFunction),
                resultOf(windowFunction, resultOf(aggFunction)));
    }

    public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, ACC, V> aggregateFunction,
            AllWindowFunction<V, R, W> windowFunction,
            TypeInformation<ACC> accumulatorType,
            TypeInformation<R> resultType) {
        return alone(
                windows.aggregate(
                        aggregateFunction,
                        accumulatorType,
                        new AllWindowCall<>(windowFunction),
                        resultType));
    }

    /** The same; the second function makes results of the first one's, its only element. */
    public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, ACC, V> aggFunction,
            ProcessAllWindowFunction<V, R, W> windowFunction) {
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
            ProcessAllWindowFunction<V, R, W> windowFunction,
            TypeInformation<ACC> accumulatorType,
            TypeInformation<V> aggregateResultType,
            TypeInformation<R> resultType) {
        return alone(
                windows.aggregate(
                        aggregateFunction,
                        accumulatorType,
                        new AllWindowProcess<>(windowFunction),
                        resultType));
    }

    /** Calls the function with all records of each window when it fires. */
    public <R> SingleOutputStreamOperator<R> apply(AllWindowFunction<T, R, W> function) {
        return apply(function, resultOf(function, getInputType()));
    }

    public <R> SingleOutputStreamOperator<R> apply(
            AllWindowFunction<T, R, W> function, TypeInformation<R> resultType) {
        return alone(windows.process(new AllWindowCall<>(function), resultType));
    }

    /**
     * @deprecated use {@link #reduce(ReduceFunction, AllWindowFunction)}
     */
    @Deprecated
    public <R> SingleOutputStreamOperator<R> apply(
            ReduceFunction<T> reduceFunction, AllWindowFunction<T, R, W> function) {
        return reduce(reduceFunction, function);
    }

    /**
     * @deprecated use {@link #reduce(ReduceFunction, AllWindowFunction, TypeInformation)}
     */
    @Deprecated
    public <R> SingleOutputStreamOperator<R> apply(
            ReduceFunction<T> reduceFunction,
            AllWindowFunction<T, R, W> function,
            TypeInformation<R> resultType) {
        return reduce(reduceFunction, function, resultType);
    }

    /** Calls the function with all records of each window when it fires. */
    public <R> SingleOutputStreamOperator<R> process(ProcessAllWindowFunction<T, R, W> function) {
        return process(function, resultOf(function, getInputType()));
    }

    public <R> SingleOutputStreamOperator<R> process(
            ProcessAllWindowFunction<T, R, W> function, TypeInformation<R> resultType) {
        return alone(windows.process(new AllWindowProcess<>(function), resultType));
    }

    private static <R> SingleOutputStreamOperator<R> alone(SingleOutputStreamOperator<R> result) {
        return result.forceNonParallel();
    }

    private static <V, R> TypeInformation<R> resultOf(
            AllWindowFunction<V, R, ?> function, TypeInformation<V> inputType) {
        return TypeExtractor.resultOf(function, AllWindowFunction.class, 1, 0, inputType);
    }

    private static <V, R> TypeInformation<R> resultOf(
            ProcessAllWindowFunction<V, R, ?> function, TypeInformation<V> inputType) {
        return TypeExtractor.resultOf(function, ProcessAllWindowFunction.class, 1, 0, inputType);
    }

    private <V> TypeInformation<V> resultOf(AggregateFunction<T, ?, V> function) {
        return TypeExtractor.resultOf(function, AggregateFunction.class, 2, 0, getInputType());
    }

    private <ACC> TypeInformation<ACC> accumulatorOf(AggregateFunction<T, ACC, ?> function) {
        return TypeExtractor.resultOf(function, AggregateFunction.class, 1, 0, getInputType());
    }

    private SingleOutputStreamOperator<T> fold(ReduceFunction<T> function) {
        return alone(windows.reduce(function, null, getInputType()));
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
