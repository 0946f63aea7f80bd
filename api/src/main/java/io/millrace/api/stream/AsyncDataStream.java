package io.millrace.api.stream;

import io.millrace.api.async.AsyncFunction;
import io.millrace.api.async.AsyncRetryStrategy;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Applies {@link AsyncFunction}s. Ordered results come in the order of the records; unordered ones
 * as soon as they are there, but never across a watermark.
 *
 * <p>{@code capacity} is the most records of a subtask that are asked for at a time; while there
 * are so many, the subtask reads no more. {@code timeout} is the time from the first attempt to the
 * result, all attempts included; 0 for no limit.
 */
public class AsyncDataStream {
    private static final int DEFAULT_QUEUE_CAPACITY = 100;

    /** The orders of results. */
    public enum OutputMode {
        ORDERED,
        UNORDERED
    }

    private static <IN, OUT> SingleOutputStreamOperator<OUT> add(
            DataStream<IN> in,
            AsyncFunction<IN, OUT> func,
            long timeout,
            TimeUnit timeUnit,
            int capacity,
            OutputMode mode,
            AsyncRetryStrategy<OUT> retry) {
        Objects.requireNonNull(func, "The function is null.");
        if (capacity < 1) {
            throw new IllegalArgumentException("The capacity is at least 1, not " + capacity + ".");
        }
        if (timeout < 0) {
            throw new IllegalArgumentException("The timeout is at least 0, not " + timeout + ".");
        }
        TypeInformation<OUT> outputType =
                TypeExtractor.resultOf(func, AsyncFunction.class, 1, 0, in.getType());
        return in.add(
                "async wait operator",
                new OperatorSpec.AsyncSpec(
                        func,
                        mode == OutputMode.ORDERED,
                        capacity,
                        timeUnit.toMillis(timeout),
                        retry),
                outputType);
    }

    public static <IN, OUT> SingleOutputStreamOperator<OUT> unorderedWait(
            DataStream<IN> in,
            AsyncFunction<IN, OUT> func,
            long timeout,
            TimeUnit timeUnit,
            int capacity) {
        return add(in, func, timeout, timeUnit, capacity, OutputMode.UNORDERED, null);
    }

    public static <IN, OUT> SingleOutputStreamOperator<OUT> unorderedWait(
            DataStream<IN> in, AsyncFunction<IN, OUT> func, long timeout, TimeUnit timeUnit) {
        return unorderedWait(in, func, timeout, timeUnit, DEFAULT_QUEUE_CAPACITY);
    }

    public static <IN, OUT> SingleOutputStreamOperator<OUT> orderedWait(
            DataStream<IN> in,
            AsyncFunction<IN, OUT> func,
            long timeout,
            TimeUnit timeUnit,
            int capacity) {
        return add(in, func, timeout, timeUnit, capacity, OutputMode.ORDERED, null);
    }

    public static <IN, OUT> SingleOutputStreamOperator<OUT> orderedWait(
            DataStream<IN> in, AsyncFunction<IN, OUT> func, long timeout, TimeUnit timeUnit) {
        return orderedWait(in, func, timeout, timeUnit, DEFAULT_QUEUE_CAPACITY);
    }

    public static <IN, OUT> SingleOutputStreamOperator<OUT> unorderedWaitWithRetry(
            DataStream<IN> in,
            AsyncFunction<IN, OUT> func,
            long timeout,
            TimeUnit timeUnit,
            AsyncRetryStrategy<OUT> asyncRetryStrategy) {
        return unorderedWaitWithRetry(
                in, func, timeout, timeUnit, DEFAULT_QUEUE_CAPACITY, asyncRetryStrategy);
    }

    public static <IN, OUT> SingleOutputStreamOperator<OUT> unorderedWaitWithRetry(
            DataStream<IN> in,
            AsyncFunction<IN, OUT> func,
            long timeout,
            TimeUnit timeUnit,
            int capacity,
            AsyncRetryStrategy<OUT> asyncRetryStrategy) {
        return add(in, func, timeout, timeUnit, capacity, OutputMode.UNORDERED, asyncRetryStrategy);
    }

    public static <IN, OUT> SingleOutputStreamOperator<OUT> orderedWaitWithRetry(
            DataStream<IN> in,
            AsyncFunction<IN, OUT> func,
            long timeout,
            TimeUnit timeUnit,
            AsyncRetryStrategy<OUT> asyncRetryStrategy) {
        return orderedWaitWithRetry(
                in, func, timeout, timeUnit, DEFAULT_QUEUE_CAPACITY, asyncRetryStrategy);
    }

    public static <IN, OUT> SingleOutputStreamOperator<OUT> orderedWaitWithRetry(
            DataStream<IN> in,
            AsyncFunction<IN, OUT> func,
            long timeout,
            TimeUnit timeUnit,
            int capacity,
            AsyncRetryStrategy<OUT> asyncRetryStrategy) {
        return add(in, func, timeout, timeUnit, capacity, OutputMode.ORDERED, asyncRetryStrategy);
    }
}
