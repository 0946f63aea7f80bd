package io.millrace.api.bounded;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.BoundedJoinKind;
import io.millrace.api.graph.BoundedJoinWay;
import io.millrace.api.graph.OperatorSpec.BoundedJoinSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.EngineStreams;
import io.millrace.api.stream.EngineStreams.Input;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.type.TypeInformation;
import java.util.List;

/** Two streams with the keys of both, and which records are wanted. Immutable. */
record JoinInputs<L, R, K>(
        DataStream<L> first,
        DataStream<R> second,
        BoundedJoinKind kind,
        KeySelector<L, K> firstKey,
        KeySelector<R, K> secondKey,
        JoinHint hint) {

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} if each subtask would give the same results
     */
    JoinInputs<L, R, K> with(JoinHint other) {
        boolean repeats =
                other == JoinHint.BROADCAST_HASH_FIRST && kind.tellsOfFirst()
                        || other == JoinHint.BROADCAST_HASH_SECOND && kind.tellsOfSecond();
        if (repeats) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the hint "
                            + other
                            + " does not go with a join of kind "
                            + kind
                            + ": each subtask would have all records of that stream, but cannot"
                            + " know which of them have partners elsewhere. Broadcast the other"
                            + " stream, or use one of the hints REPARTITION_….");
        }
        return new JoinInputs<>(first, second, kind, firstKey, secondKey, other);
    }

    /**
     * @param function null if results are records of the first stream
     * @param outputType null if it is to be found from the records
     */
    <OUT> SingleOutputStreamOperator<OUT> add(
            String name, FlatJoinFunction<L, R, OUT> function, TypeInformation<OUT> outputType) {
        BoundedJoinWay way =
                switch (hint) {
                    case BROADCAST_HASH_FIRST, REPARTITION_HASH_FIRST ->
                            BoundedJoinWay.TABLE_OF_FIRST;
                    case OPTIMIZER_CHOOSES, BROADCAST_HASH_SECOND, REPARTITION_HASH_SECOND ->
                            BoundedJoinWay.TABLE_OF_SECOND;
                    case REPARTITION_SORT_MERGE -> BoundedJoinWay.SORT;
                };
        return EngineStreams.add(
                name,
                new BoundedJoinSpec(firstKey, secondKey, kind, way, function),
                0,
                outputType,
                List.of(
                        new Input(
                                first,
                                partitioning(
                                        firstKey,
                                        hint == JoinHint.BROADCAST_HASH_FIRST,
                                        hint == JoinHint.BROADCAST_HASH_SECOND)),
                        new Input(
                                second,
                                partitioning(
                                        secondKey,
                                        hint == JoinHint.BROADCAST_HASH_SECOND,
                                        hint == JoinHint.BROADCAST_HASH_FIRST))));
    }

    /** Null for a stream that stays where it is. */
    private static <T, K> Partitioning partitioning(
            KeySelector<T, K> key, boolean broadcast, boolean stays) {
        if (broadcast) {
            return new Partitioning.Plain(Partitioning.Kind.BROADCAST);
        }
        return stays ? null : new Partitioning.ByKey(new NullableKey<>(key));
    }
}
