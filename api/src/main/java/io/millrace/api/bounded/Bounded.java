package io.millrace.api.bounded;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.BoundedJoinKind;
import io.millrace.api.graph.OperatorSpec.GlobalSortSpec;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.EngineStreams;
import io.millrace.api.stream.Order;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import java.util.List;
import java.util.Objects;

/**
 * A stream that ends, and what can be done with all of its records together.
 *
 * <pre>{@code
 * Bounded.of(lines).sort(line -> line.key).sinkTo(files);
 * Bounded.of(orders).join(customers).where(o -> o.customer).equalTo(c -> c.id).with(function);
 * }</pre>
 *
 * <p>In both modes, of sources that end: a program with one that does not is refused when it is
 * executed. What is kept goes to local disk as it exceeds {@code batch.reduce-memory}. Results have
 * no timestamps. In streaming mode no checkpoints may be taken. Not thread-safe.
 *
 * @param <T> the records
 */
public final class Bounded<T> {
    private final DataStream<T> stream;

    private Bounded(DataStream<T> stream) {
        this.stream = Objects.requireNonNull(stream, "The stream is null.");
    }

    public static <T> Bounded<T> of(DataStream<T> stream) {
        return new Bounded<>(stream);
    }

    /** Sorts in ascending order. */
    public <K> SingleOutputStreamOperator<T> sort(KeySelector<T, K> keySelector) {
        return sort(keySelector, Order.ASCENDING);
    }

    /**
     * Sorts all records over all subtasks: those of one subtask are sorted, and come before those
     * of the next one. So the files of a sink behind, of the same parallelism, are sorted in the
     * order of their parts.
     *
     * <p>Keys are numbers, texts, byte arrays, times, enums, or of another class that is
     * comparable; of a type that is known also tuples, records and classes of such, by their fields
     * in sequence. They are never null. Records of equal keys come in one subtask, in any order.
     *
     * <p>Ranges of keys are chosen by a sample, so that subtasks get about as many records each;
     * the records of one key are never divided.
     *
     * @throws MillraceException {@code PROGRAM_INVALID} if the order is neither ascending nor
     *     descending
     */
    public <K> SingleOutputStreamOperator<T> sort(KeySelector<T, K> keySelector, Order order) {
        return sort(
                keySelector,
                order,
                TypeExtractor.resultOf(keySelector, KeySelector.class, 1, 0, stream.getType()));
    }

    /**
     * The same with a type for keys of which a lambda does not tell it, as those of tuples.
     *
     * @param keyType null if it is to be found from the keys
     */
    public <K> SingleOutputStreamOperator<T> sort(
            KeySelector<T, K> keySelector, Order order, TypeInformation<K> keyType) {
        if (order != Order.ASCENDING && order != Order.DESCENDING) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "sort() sorts in the order ASCENDING or DESCENDING, not " + order + ".");
        }
        return EngineStreams.add(
                "Sort",
                new GlobalSortSpec(
                        Objects.requireNonNull(keySelector, "The key selector is null."),
                        keyType,
                        order == Order.ASCENDING),
                GlobalSortSpec.FREE_IDS,
                stream.getType(),
                List.of(new EngineStreams.Input(stream, null)));
    }

    /** Pairs of records of this stream and another that have the same key. */
    public <R> BoundedJoin<T, R> join(DataStream<R> other) {
        return new BoundedJoin<>(stream, other, BoundedJoinKind.INNER);
    }

    /** Pairs, and records of this stream that have no partner. */
    public <R> BoundedJoin<T, R> leftOuterJoin(DataStream<R> other) {
        return new BoundedJoin<>(stream, other, BoundedJoinKind.LEFT_OUTER);
    }

    /** Pairs, and records of the other stream that have no partner. */
    public <R> BoundedJoin<T, R> rightOuterJoin(DataStream<R> other) {
        return new BoundedJoin<>(stream, other, BoundedJoinKind.RIGHT_OUTER);
    }

    /** Pairs, and records of both streams that have no partner. */
    public <R> BoundedJoin<T, R> fullOuterJoin(DataStream<R> other) {
        return new BoundedJoin<>(stream, other, BoundedJoinKind.FULL_OUTER);
    }

    /** Records of this stream that have a partner, each once. */
    public <R> BoundedFilter<T, R> semiJoin(DataStream<R> other) {
        return new BoundedFilter<>(stream, other, BoundedJoinKind.SEMI);
    }

    /** Records of this stream that have no partner. */
    public <R> BoundedFilter<T, R> antiJoin(DataStream<R> other) {
        return new BoundedFilter<>(stream, other, BoundedJoinKind.ANTI);
    }
}
