package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;

/** The partitions of a stream, whole. Not thread-safe. */
final class FullPartition<T> implements PartitionWindowedStream<T> {
    private final DataStream<T> stream;
    // Null if the partitions are those of subtasks.
    private final KeySelector<T, ?> keySelector;

    FullPartition(DataStream<T> stream, KeySelector<T, ?> keySelector) {
        this.stream = stream;
        this.keySelector = keySelector;
    }

    @Override
    public <R> SingleOutputStreamOperator<R> mapPartition(
            MapPartitionFunction<T, R> mapPartitionFunction) {
        return add(
                "MapPartition",
                new OperatorSpec.FullPartitionSpec(mapPartitionFunction, keySelector, null, true),
                TypeExtractor.resultOf(
                        mapPartitionFunction, MapPartitionFunction.class, 1, 0, stream.getType()));
    }

    @Override
    public SingleOutputStreamOperator<T> sortPartition(int field, Order order) {
        return sortPartition(String.valueOf(field), order);
    }

    @Override
    public SingleOutputStreamOperator<T> sortPartition(String field, Order order) {
        FieldAccess access = FieldAccess.ofComparable(stream.getType(), field);
        return sortPartition(access::get, order);
    }

    @Override
    public <K> SingleOutputStreamOperator<T> sortPartition(
            KeySelector<T, K> selector, Order order) {
        if (order == Order.NONE) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "sortPartition() sorts in the order ASCENDING or DESCENDING, not NONE.");
        }
        return add(
                "SortPartition",
                new OperatorSpec.FullPartitionSpec(
                        new PartitionRecords<T>(),
                        keySelector,
                        selector,
                        order != Order.DESCENDING),
                stream.getType());
    }

    @Override
    public <ACC, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, ACC, R> aggregateFunction) {
        return add(
                "PartitionAggregate",
                new OperatorSpec.PartitionFoldSpec(
                        new WindowContents.Aggregated(
                                aggregateFunction, accumulatorOf(aggregateFunction)),
                        keySelector),
                TypeExtractor.resultOf(
                        aggregateFunction, AggregateFunction.class, 2, 0, stream.getType()));
    }

    /** Null if it is not known; a function that tells its type tells that of its results. */
    private TypeInformation<?> accumulatorOf(AggregateFunction<T, ?, ?> function) {
        return function instanceof ResultTypeQueryable<?>
                ? null
                : TypeExtractor.resultOf(function, AggregateFunction.class, 1, 0, stream.getType());
    }

    @Override
    public SingleOutputStreamOperator<T> reduce(ReduceFunction<T> reduceFunction) {
        return add(
                "PartitionReduce",
                new OperatorSpec.PartitionFoldSpec(
                        new WindowContents.Reduced(reduceFunction), keySelector),
                stream.getType());
    }

    /** Runs in as many subtasks as the partitions are of. */
    private <R> SingleOutputStreamOperator<R> add(
            String name, OperatorSpec spec, TypeInformation<R> outputType) {
        SingleOutputStreamOperator<R> result = stream.add(name, spec, outputType);
        if (keySelector == null) {
            result.draft().parallelism = stream.branches.get(0).source().parallelism;
        }
        return result;
    }
}
