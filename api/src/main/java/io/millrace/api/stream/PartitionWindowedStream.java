package io.millrace.api.stream;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.function.ReduceFunction;

/**
 * All records of a partition of a bounded stream, taken together when its input has ended: of a
 * subtask, or of a key of a keyed stream. Partitions are kept in memory as far as {@code
 * batch.reduce-memory} goes, and on local disk beyond. Results have no timestamps. Not thread-safe.
 *
 * @param <T> the records
 */
public interface PartitionWindowedStream<T> {
    /**
     * Calls the function once for each partition; for a subtask also if it has no records. Its
     * records can be walked over once, in the order in which they came.
     */
    <R> SingleOutputStreamOperator<R> mapPartition(MapPartitionFunction<T, R> mapPartitionFunction);

    /**
     * The records of each partition in the order of a field of a tuple.
     *
     * @param field its position, from 0
     * @param order not {@link Order#NONE}
     */
    SingleOutputStreamOperator<T> sortPartition(int field, Order order);

    /** The same by a field's name. */
    SingleOutputStreamOperator<T> sortPartition(String field, Order order);

    /** The same by what a function takes out of each record, which has a natural order. */
    <K> SingleOutputStreamOperator<T> sortPartition(KeySelector<T, K> keySelector, Order order);

    /** One result for each partition; for a subtask also if it has no records. */
    <ACC, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, ACC, R> aggregateFunction);

    /** One result for each partition that has records. */
    SingleOutputStreamOperator<T> reduce(ReduceFunction<T> reduceFunction);
}
