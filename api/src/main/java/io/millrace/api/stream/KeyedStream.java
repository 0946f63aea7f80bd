package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.type.CompositeType;
import io.millrace.api.type.ListTypeInfo;
import io.millrace.api.type.PrimitiveArrayTypeInfo;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;

/**
 * A stream whose records of one key meet in one subtask. Not thread-safe.
 *
 * @param <T> the records
 * @param <KEY> the keys
 */
public class KeyedStream<T, KEY> extends DataStream<T> {
    private final KeySelector<T, KEY> keySelector;
    private final TypeInformation<KEY> keyType;

    public KeyedStream(DataStream<T> dataStream, KeySelector<T, KEY> keySelector) {
        this(
                dataStream,
                keySelector,
                TypeExtractor.resultOf(keySelector, KeySelector.class, 1, 0, dataStream.getType()));
    }

    /**
     * @param keyType null if it is erased
     */
    public KeyedStream(
            DataStream<T> stream, KeySelector<T, KEY> keySelector, TypeInformation<KEY> keyType) {
        this(stream, keySelector, keyType, new Partitioning.ByKey(keySelector));
    }

    private KeyedStream(
            DataStream<T> stream,
            KeySelector<T, KEY> keySelector,
            TypeInformation<KEY> keyType,
            Partitioning partitioning) {
        super(stream.environment, partitioned(stream.branches, partitioning));
        if (keyType != null && !hasStableHash(keyType)) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the type "
                            + keyType
                            + " cannot be a key, because its hash code differs from process to"
                            + " process or it has none of its own. Use a string, a number, an enum,"
                            + " a tuple or record of those, or a class that defines hashCode() and"
                            + " equals().");
        }
        this.keySelector = keySelector;
        this.keyType = keyType;
    }

    /** Primitive arrays can be compared, but have no hash code of their contents. */
    private static boolean hasStableHash(TypeInformation<?> type) {
        if (!type.isKeyType() || type instanceof PrimitiveArrayTypeInfo<?>) {
            return false;
        }
        if (type instanceof ListTypeInfo<?> list) {
            return hasStableHash(list.getElementTypeInfo());
        }
        if (type instanceof CompositeType<?> composite) {
            for (int i = 0; i < composite.getArity(); i++) {
                if (!hasStableHash(composite.getTypeAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The records stay in their subtasks: they are where their keys belong already. */
    static <T, KEY> KeyedStream<T, KEY> whereItIs(
            DataStream<T> stream, KeySelector<T, KEY> keySelector, TypeInformation<KEY> keyType) {
        return new KeyedStream<>(
                stream, keySelector, keyType, new Partitioning.Plain(Partitioning.Kind.FORWARD));
    }

    @Override
    Keying keying() {
        return Keying.of(keySelector, keyType);
    }

    /**
     * This stream. Functions have the state of their key at hand without waiting, so there is
     * nothing to be made asynchronous.
     */
    public KeyedStream<T, KEY> enableAsyncState() {
        return this;
    }

    @Override
    protected <R> SingleOutputStreamOperator<R> doTransform(
            String operatorName,
            TypeInformation<R> outTypeInfo,
            StreamOperatorFactory<R> operatorFactory) {
        return transform(operatorName, outTypeInfo, operatorFactory, keySelector);
    }

    /** All records of each key together, when the stream, which must be bounded, has ended. */
    @Override
    public PartitionWindowedStream<T> fullWindowPartition() {
        return new FullPartition<>(this, keySelector);
    }

    /** Takes the key out of a record. */
    public KeySelector<T, KEY> getKeySelector() {
        return keySelector;
    }

    /** Null if the type is erased. */
    public TypeInformation<KEY> getKeyType() {
        return keyType;
    }

    public <R> SingleOutputStreamOperator<R> process(
            KeyedProcessFunction<KEY, T, R> keyedProcessFunction) {
        return process(
                keyedProcessFunction,
                TypeExtractor.resultOf(
                        keyedProcessFunction, KeyedProcessFunction.class, 2, 1, getType()));
    }

    public <R> SingleOutputStreamOperator<R> process(
            KeyedProcessFunction<KEY, T, R> keyedProcessFunction, TypeInformation<R> outputType) {
        return add(
                "KeyedProcess",
                new OperatorSpec.KeyedProcessSpec(keySelector, keyedProcessFunction),
                outputType);
    }

    /**
     * The function gets timers too, since the stream has keys.
     *
     * @deprecated use {@link #process(KeyedProcessFunction)}, which knows the key
     */
    @Deprecated
    @Override
    public <R> SingleOutputStreamOperator<R> process(ProcessFunction<T, R> processFunction) {
        return process(
                processFunction,
                TypeExtractor.resultOf(processFunction, ProcessFunction.class, 1, 0, getType()));
    }

    /**
     * @deprecated use {@link #process(KeyedProcessFunction, TypeInformation)}
     */
    @Deprecated
    @Override
    public <R> SingleOutputStreamOperator<R> process(
            ProcessFunction<T, R> processFunction, TypeInformation<R> outputType) {
        return add(
                "Process",
                new OperatorSpec.KeyedProcessSpec(
                        keySelector, new KeylessProcess<KEY, T, R>(processFunction)),
                outputType);
    }

    /**
     * Folds the records of each key: see {@link OperatorSpec.KeyedReduceSpec} for what is emitted.
     */
    public SingleOutputStreamOperator<T> reduce(ReduceFunction<T> reducer) {
        return reduce("Keyed Reduce", reducer);
    }

    private SingleOutputStreamOperator<T> reduce(String name, ReduceFunction<T> reducer) {
        return add(name, new OperatorSpec.KeyedReduceSpec(keySelector, reducer), getType());
    }

    private SingleOutputStreamOperator<T> aggregate(ReduceFunction<T> reducer) {
        return reduce("Keyed Aggregation", reducer);
    }

    /** The sum of a number field; the other fields are those of the first record of the key. */
    public SingleOutputStreamOperator<T> sum(int positionToSum) {
        return sum(String.valueOf(positionToSum));
    }

    public SingleOutputStreamOperator<T> sum(String field) {
        return aggregate(new FieldSum<>(FieldAccess.ofNumber(getType(), field)));
    }

    /** The lowest value of a field; the other fields are those of the first record of the key. */
    public SingleOutputStreamOperator<T> min(int positionToMin) {
        return min(String.valueOf(positionToMin));
    }

    public SingleOutputStreamOperator<T> min(String field) {
        return aggregate(FieldExtreme.value(FieldAccess.ofComparable(getType(), field), true));
    }

    /** The highest value of a field; the other fields are those of the first record of the key. */
    public SingleOutputStreamOperator<T> max(int positionToMax) {
        return max(String.valueOf(positionToMax));
    }

    public SingleOutputStreamOperator<T> max(String field) {
        return aggregate(FieldExtreme.value(FieldAccess.ofComparable(getType(), field), false));
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
        return aggregate(
                FieldExtreme.record(FieldAccess.ofComparable(getType(), field), true, first));
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
        return aggregate(
                FieldExtreme.record(FieldAccess.ofComparable(getType(), field), false, first));
    }
}
