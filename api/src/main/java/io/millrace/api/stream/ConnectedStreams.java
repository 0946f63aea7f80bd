package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.SimpleOperatorFactory;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.operator.TwoInputStreamOperator;
import io.millrace.api.operator.TwoInputStreamOperatorFactory;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import java.util.Arrays;
import java.util.List;

/**
 * Two streams for functions that see the records of both. If both are keyed, records of one key
 * meet in one subtask. Not thread-safe.
 *
 * @param <IN1> records of the first stream
 * @param <IN2> records of the second stream
 */
public class ConnectedStreams<IN1, IN2> {
    protected final StreamExecutionEnvironment environment;
    protected final DataStream<IN1> inputStream1;
    protected final DataStream<IN2> inputStream2;

    protected ConnectedStreams(
            StreamExecutionEnvironment environment,
            DataStream<IN1> inputStream1,
            DataStream<IN2> inputStream2) {
        if (inputStream2.environment != environment) {
            throw new IllegalArgumentException(
                    "Streams of different environments cannot be connected.");
        }
        this.environment = environment;
        this.inputStream1 = inputStream1;
        this.inputStream2 = inputStream2;
    }

    public StreamExecutionEnvironment getExecutionEnvironment() {
        return environment;
    }

    public DataStream<IN1> getFirstInput() {
        return inputStream1;
    }

    public DataStream<IN2> getSecondInput() {
        return inputStream2;
    }

    /** Null if the type is found from the records. */
    public TypeInformation<IN1> getType1() {
        return inputStream1.getType();
    }

    /** Null if the type is found from the records. */
    public TypeInformation<IN2> getType2() {
        return inputStream2.getType();
    }

    /**
     * This pair. Functions have the state of their key at hand without waiting, so there is nothing
     * to be made asynchronous.
     */
    public ConnectedStreams<IN1, IN2> enableAsyncState() {
        return this;
    }

    /** By one field of each, by position in a tuple. */
    public ConnectedStreams<IN1, IN2> keyBy(int keyPosition1, int keyPosition2) {
        return keyBy(new int[] {keyPosition1}, new int[] {keyPosition2});
    }

    /** By fields of each, by positions in a tuple. */
    public ConnectedStreams<IN1, IN2> keyBy(int[] keyPositions1, int[] keyPositions2) {
        checkCount(keyPositions1.length, keyPositions2.length);
        return new ConnectedStreams<>(
                environment, inputStream1.keyBy(keyPositions1), inputStream2.keyBy(keyPositions2));
    }

    /** By one field of each, by name. */
    public ConnectedStreams<IN1, IN2> keyBy(String field1, String field2) {
        return keyBy(new String[] {field1}, new String[] {field2});
    }

    /** By fields of each, by names. */
    public ConnectedStreams<IN1, IN2> keyBy(String[] fields1, String[] fields2) {
        checkCount(fields1.length, fields2.length);
        return new ConnectedStreams<>(
                environment, inputStream1.keyBy(fields1), inputStream2.keyBy(fields2));
    }

    private static void checkCount(int fields1, int fields2) {
        if (fields1 != fields2) {
            throw new IllegalArgumentException(
                    "The keys of connected streams have as many fields, not "
                            + fields1
                            + " and "
                            + fields2
                            + ".");
        }
    }

    public <KEY> ConnectedStreams<IN1, IN2> keyBy(
            KeySelector<IN1, KEY> keySelector1, KeySelector<IN2, KEY> keySelector2) {
        return new ConnectedStreams<>(
                environment, inputStream1.keyBy(keySelector1), inputStream2.keyBy(keySelector2));
    }

    public <KEY> ConnectedStreams<IN1, IN2> keyBy(
            KeySelector<IN1, KEY> keySelector1,
            KeySelector<IN2, KEY> keySelector2,
            TypeInformation<KEY> keyType) {
        return new ConnectedStreams<>(
                environment,
                inputStream1.keyBy(keySelector1, keyType),
                inputStream2.keyBy(keySelector2, keyType));
    }

    public <R> SingleOutputStreamOperator<R> map(CoMapFunction<IN1, IN2, R> coMapper) {
        return map(coMapper, TypeExtractor.resultOf(coMapper, CoMapFunction.class, 2, -1, null));
    }

    public <R> SingleOutputStreamOperator<R> map(
            CoMapFunction<IN1, IN2, R> coMapper, TypeInformation<R> outputType) {
        return add("Co-Map", new OperatorSpec.CoMapSpec(coMapper), outputType);
    }

    public <R> SingleOutputStreamOperator<R> flatMap(CoFlatMapFunction<IN1, IN2, R> coFlatMapper) {
        return flatMap(
                coFlatMapper,
                TypeExtractor.resultOf(coFlatMapper, CoFlatMapFunction.class, 2, -1, null));
    }

    public <R> SingleOutputStreamOperator<R> flatMap(
            CoFlatMapFunction<IN1, IN2, R> coFlatMapper, TypeInformation<R> outputType) {
        return add("Co-Flat Map", new OperatorSpec.CoFlatMapSpec(coFlatMapper), outputType);
    }

    /** The function has timers if both streams are keyed. */
    public <R> SingleOutputStreamOperator<R> process(
            CoProcessFunction<IN1, IN2, R> coProcessFunction) {
        return process(
                coProcessFunction,
                TypeExtractor.resultOf(coProcessFunction, CoProcessFunction.class, 2, -1, null));
    }

    /** The function has timers if both streams are keyed. */
    public <R> SingleOutputStreamOperator<R> process(
            CoProcessFunction<IN1, IN2, R> coProcessFunction, TypeInformation<R> outputType) {
        boolean keyed =
                inputStream1 instanceof KeyedStream<?, ?>
                        && inputStream2 instanceof KeyedStream<?, ?>;
        OperatorSpec spec =
                keyed
                        ? keyed(new KeylessCoProcess<>(coProcessFunction))
                        : new OperatorSpec.CoProcessSpec(coProcessFunction);
        return add("Co-Process", spec, outputType);
    }

    public <K, R> SingleOutputStreamOperator<R> process(
            KeyedCoProcessFunction<K, IN1, IN2, R> keyedCoProcessFunction) {
        return process(
                keyedCoProcessFunction,
                TypeExtractor.resultOf(
                        keyedCoProcessFunction, KeyedCoProcessFunction.class, 3, -1, null));
    }

    public <K, R> SingleOutputStreamOperator<R> process(
            KeyedCoProcessFunction<K, IN1, IN2, R> keyedCoProcessFunction,
            TypeInformation<R> outputType) {
        return add("Keyed Co-Process", keyed(keyedCoProcessFunction), outputType);
    }

    private OperatorSpec keyed(KeyedCoProcessFunction<?, IN1, IN2, ?> function) {
        if (!(inputStream1 instanceof KeyedStream<IN1, ?> one)
                || !(inputStream2 instanceof KeyedStream<IN2, ?> two)) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "a KeyedCoProcessFunction needs both connected streams keyed. Use keyBy() on"
                            + " both, before or after connect().");
        }
        return new OperatorSpec.KeyedCoProcessSpec(
                one.getKeySelector(), two.getKeySelector(), function);
    }

    /**
     * Adds an operator of the program's own. It has keys, and timers, as far as the streams are
     * keyed.
     *
     * @param outTypeInfo null if it is to be found from the records
     */
    public <R> SingleOutputStreamOperator<R> transform(
            String functionName,
            TypeInformation<R> outTypeInfo,
            TwoInputStreamOperator<IN1, IN2, R> operator) {
        return transformBy(functionName, outTypeInfo, SimpleOperatorFactory.of(operator));
    }

    /** The same with a factory, whose operators need not be serializable. */
    public <R> SingleOutputStreamOperator<R> transform(
            String functionName,
            TypeInformation<R> outTypeInfo,
            TwoInputStreamOperatorFactory<IN1, IN2, R> operatorFactory) {
        return transformBy(functionName, outTypeInfo, operatorFactory);
    }

    private <R> SingleOutputStreamOperator<R> transformBy(
            String name, TypeInformation<R> outTypeInfo, StreamOperatorFactory<R> factory) {
        OperatorSpec spec =
                new OperatorSpec.CoTransformSpec(factory, keyOf(inputStream1), keyOf(inputStream2));
        SingleOutputStreamOperator<R> result = add(name, spec, outTypeInfo);
        result.draft().chaining = OwnOperators.chainingOf(factory.getChainingStrategy());
        return result;
    }

    /** Null if the stream is not keyed. */
    private static KeySelector<?, ?> keyOf(DataStream<?> stream) {
        return stream instanceof KeyedStream<?, ?> keyed ? keyed.getKeySelector() : null;
    }

    final <R> SingleOutputStreamOperator<R> add(
            String name, OperatorSpec spec, TypeInformation<R> outputType) {
        Draft draft =
                environment.addDraft(
                        name,
                        spec,
                        outputType,
                        List.of(inputStream1.branches, inputStream2.branches));
        draft.keying = keying();
        return new SingleOutputStreamOperator<>(environment, draft);
    }

    /** Null if neither stream is keyed. */
    private Keying keying() {
        KeySelector<?, ?> first = keyOf(inputStream1);
        KeySelector<?, ?> second = keyOf(inputStream2);
        if (first == null && second == null) {
            return null;
        }
        DataStream<?> keyed = first == null ? inputStream2 : inputStream1;
        return new Keying(Arrays.asList(first, second), ((KeyedStream<?, ?>) keyed).getKeyType());
    }
}
