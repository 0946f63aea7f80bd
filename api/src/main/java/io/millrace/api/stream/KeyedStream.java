package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.time.Time;
import io.millrace.api.type.CompositeType;
import io.millrace.api.type.ListTypeInfo;
import io.millrace.api.type.PrimitiveArrayTypeInfo;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.time.Duration;
import java.util.Objects;

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

    /** Groups the records of each key by windows. */
    public <W extends Window> WindowedStream<T, KEY, W> window(
            WindowAssigner<? super T, W> assigner) {
        return new WindowedStream<>(this, assigner);
    }

    /** Windows of so many records of a key, one after the other. */
    public WindowedStream<T, KEY, GlobalWindow> countWindow(long size) {
        return window(GlobalWindows.create()).trigger(PurgingTrigger.of(CountTrigger.of(size)));
    }

    /** The last so many records of a key, each time that {@code slide} more have come. */
    public WindowedStream<T, KEY, GlobalWindow> countWindow(long size, long slide) {
        return window(GlobalWindows.create())
                .evictor(CountEvictor.of(size))
                .trigger(CountTrigger.of(slide));
    }

    /**
     * Windows of event time.
     *
     * @deprecated use {@link #window} with {@link TumblingEventTimeWindows}
     */
    @Deprecated
    public WindowedStream<T, KEY, TimeWindow> timeWindow(Time size) {
        return window(TumblingEventTimeWindows.of(size.toDuration()));
    }

    /**
     * Windows of event time.
     *
     * @deprecated use {@link #window} with {@link SlidingEventTimeWindows}
     */
    @Deprecated
    public WindowedStream<T, KEY, TimeWindow> timeWindow(Time size, Time slide) {
        return window(SlidingEventTimeWindows.of(size.toDuration(), slide.toDuration()));
    }

    /** Joins records of this stream and another that have one key and are near in event time. */
    public <T1> IntervalJoin<T, T1, KEY> intervalJoin(KeyedStream<T1, KEY> otherStream) {
        return new IntervalJoin<>(this, otherStream);
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

    /** Two keyed streams whose records are to be joined by time. */
    public static class IntervalJoin<T1, T2, KEY> {
        private final KeyedStream<T1, KEY> left;
        private final KeyedStream<T2, KEY> right;
        private boolean eventTime = true;

        IntervalJoin(KeyedStream<T1, KEY> left, KeyedStream<T2, KEY> right) {
            this.left = Objects.requireNonNull(left);
            this.right = Objects.requireNonNull(right);
        }

        /** By event time, as is the default. */
        public IntervalJoin<T1, T2, KEY> inEventTime() {
            this.eventTime = true;
            return this;
        }

        /** By the wall clock, which {@link #between} refuses. */
        public IntervalJoin<T1, T2, KEY> inProcessingTime() {
            this.eventTime = false;
            return this;
        }

        /**
         * A right record joins a left one if its time is from the left one's plus {@code
         * lowerBound} to the left one's plus {@code upperBound}. Either may be negative.
         *
         * @throws UnsupportedTimeCharacteristicException after {@link #inProcessingTime}
         * @throws IllegalArgumentException if the lower bound is above the upper one
         */
        public IntervalJoined<T1, T2, KEY> between(Duration lowerBound, Duration upperBound) {
            if (!eventTime) {
                throw new UnsupportedTimeCharacteristicException(
                        "Streams are joined by intervals of event time only. Leave out"
                                + " inProcessingTime().");
            }
            return new IntervalJoined<>(
                    left, right, lowerBound.toMillis(), upperBound.toMillis(), true, true);
        }

        /**
         * @deprecated use {@link #between(Duration, Duration)}
         */
        @Deprecated
        public IntervalJoined<T1, T2, KEY> between(Time lowerBound, Time upperBound) {
            return between(lowerBound.toDuration(), upperBound.toDuration());
        }
    }

    /** Two keyed streams whose records join by an interval of event time. */
    public static class IntervalJoined<IN1, IN2, KEY> {
        private final KeyedStream<IN1, KEY> left;
        private final KeyedStream<IN2, KEY> right;
        private final long lowerBound;
        private final long upperBound;
        private boolean lowerBoundInclusive;
        private boolean upperBoundInclusive;
        private OutputTag<IN1> leftLateOutput;
        private OutputTag<IN2> rightLateOutput;

        /**
         * @param lowerBound what a right record's time is later than the left one's at least, in
         *     milliseconds
         * @param upperBound the same at most
         */
        public IntervalJoined(
                KeyedStream<IN1, KEY> left,
                KeyedStream<IN2, KEY> right,
                long lowerBound,
                long upperBound,
                boolean lowerBoundInclusive,
                boolean upperBoundInclusive) {
            if (lowerBound > upperBound) {
                throw new IllegalArgumentException(
                        "The lower bound of an interval join is at most the upper one: "
                                + lowerBound
                                + " ms is more than "
                                + upperBound
                                + " ms.");
            }
            this.left = Objects.requireNonNull(left);
            this.right = Objects.requireNonNull(right);
            this.lowerBound = lowerBound;
            this.upperBound = upperBound;
            this.lowerBoundInclusive = lowerBoundInclusive;
            this.upperBoundInclusive = upperBoundInclusive;
        }

        /** A right record at the lower bound does not join. */
        public IntervalJoined<IN1, IN2, KEY> lowerBoundExclusive() {
            this.lowerBoundInclusive = false;
            return this;
        }

        /** A right record at the upper bound does not join. */
        public IntervalJoined<IN1, IN2, KEY> upperBoundExclusive() {
            this.upperBoundInclusive = false;
            return this;
        }

        /** Where left records go that event time has passed; they are dropped by default. */
        public IntervalJoined<IN1, IN2, KEY> sideOutputLeftLateData(OutputTag<IN1> outputTag) {
            this.leftLateOutput = Objects.requireNonNull(outputTag);
            return this;
        }

        /** Where right records go that event time has passed; they are dropped by default. */
        public IntervalJoined<IN1, IN2, KEY> sideOutputRightLateData(OutputTag<IN2> outputTag) {
            this.rightLateOutput = Objects.requireNonNull(outputTag);
            return this;
        }

        /**
         * This join. Its operator has the state of a key at hand without waiting, so there is
         * nothing to be made asynchronous.
         */
        public IntervalJoined<IN1, IN2, KEY> enableAsyncState() {
            return this;
        }

        public <OUT> SingleOutputStreamOperator<OUT> process(
                ProcessJoinFunction<IN1, IN2, OUT> processJoinFunction) {
            return process(
                    processJoinFunction,
                    TypeExtractor.resultOf(
                            processJoinFunction,
                            ProcessJoinFunction.class,
                            2,
                            0,
                            left.getType(),
                            1,
                            right.getType()));
        }

        public <OUT> SingleOutputStreamOperator<OUT> process(
                ProcessJoinFunction<IN1, IN2, OUT> processJoinFunction,
                TypeInformation<OUT> outputType) {
            OperatorSpec spec =
                    new OperatorSpec.IntervalJoinSpec(
                            left.getKeySelector(),
                            right.getKeySelector(),
                            processJoinFunction,
                            lowerBoundInclusive ? lowerBound : above(lowerBound),
                            upperBoundInclusive ? upperBound : below(upperBound),
                            leftLateOutput,
                            rightLateOutput);
            return left.connect(right).add("Interval Join", spec, outputType);
        }

        private static long above(long bound) {
            return bound == Long.MAX_VALUE ? bound : bound + 1;
        }

        private static long below(long bound) {
            return bound == Long.MIN_VALUE ? bound : bound - 1;
        }
    }
}
