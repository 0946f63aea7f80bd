package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import java.util.List;

/**
 * A stream, keyed or not, beside a broadcast one. Not thread-safe.
 *
 * @param <IN1> records of the stream
 * @param <IN2> broadcast records
 */
public class BroadcastConnectedStream<IN1, IN2> {
    private final StreamExecutionEnvironment environment;
    private final DataStream<IN1> first;
    private final BroadcastStream<IN2> second;

    BroadcastConnectedStream(
            StreamExecutionEnvironment environment,
            DataStream<IN1> first,
            BroadcastStream<IN2> second) {
        if (second.getEnvironment() != environment) {
            throw new IllegalArgumentException(
                    "Streams of different environments cannot be connected.");
        }
        this.environment = environment;
        this.first = first;
        this.second = second;
    }

    /** As {@link BroadcastStream#clean}. */
    protected <F> F clean(F f) {
        return f;
    }

    public StreamExecutionEnvironment getExecutionEnvironment() {
        return environment;
    }

    public DataStream<IN1> getFirstInput() {
        return first;
    }

    public BroadcastStream<IN2> getSecondInput() {
        return second;
    }

    /** Null if the type is found from the records. */
    public TypeInformation<IN1> getType1() {
        return first.getType();
    }

    /** Null if the type is found from the records. */
    public TypeInformation<IN2> getType2() {
        return second.getType();
    }

    /** For a keyed stream. */
    public <KEY, OUT> SingleOutputStreamOperator<OUT> process(
            KeyedBroadcastProcessFunction<KEY, IN1, IN2, OUT> function) {
        return process(
                function,
                TypeExtractor.resultOf(function, KeyedBroadcastProcessFunction.class, 3, -1, null));
    }

    /** For a keyed stream. */
    public <KEY, OUT> SingleOutputStreamOperator<OUT> process(
            KeyedBroadcastProcessFunction<KEY, IN1, IN2, OUT> function,
            TypeInformation<OUT> outTypeInfo) {
        if (!(first instanceof KeyedStream<IN1, ?> keyed)) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "a KeyedBroadcastProcessFunction needs a keyed stream. Use keyBy() before"
                            + " connect(), or a BroadcastProcessFunction.");
        }
        return add(
                "Co-Process-Broadcast-Keyed",
                new OperatorSpec.KeyedBroadcastProcessSpec(
                        keyed.getKeySelector(), function, second.getBroadcastStateDescriptors()),
                outTypeInfo);
    }

    /** For a stream that is not keyed. */
    public <OUT> SingleOutputStreamOperator<OUT> process(
            BroadcastProcessFunction<IN1, IN2, OUT> function) {
        return process(
                function,
                TypeExtractor.resultOf(function, BroadcastProcessFunction.class, 2, -1, null));
    }

    /** For a stream that is not keyed. */
    public <OUT> SingleOutputStreamOperator<OUT> process(
            BroadcastProcessFunction<IN1, IN2, OUT> function, TypeInformation<OUT> outTypeInfo) {
        if (first instanceof KeyedStream<?, ?>) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "a BroadcastProcessFunction is for streams that are not keyed. Use a"
                            + " KeyedBroadcastProcessFunction.");
        }
        return add(
                "Co-Process-Broadcast",
                new OperatorSpec.BroadcastProcessSpec(
                        function, second.getBroadcastStateDescriptors()),
                outTypeInfo);
    }

    private <OUT> SingleOutputStreamOperator<OUT> add(
            String name, OperatorSpec spec, TypeInformation<OUT> outputType) {
        Draft draft =
                environment.addDraft(
                        name, spec, outputType, List.of(first.branches, second.stream().branches));
        draft.keying = first.keying();
        return new SingleOutputStreamOperator<>(environment, draft);
    }
}
