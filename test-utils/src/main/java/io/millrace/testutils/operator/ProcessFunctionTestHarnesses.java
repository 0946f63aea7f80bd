package io.millrace.testutils.operator;

import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.operator.CoProcessOperator;
import io.millrace.api.operator.KeyedCoProcessOperator;
import io.millrace.api.operator.KeyedProcessOperator;
import io.millrace.api.operator.ProcessOperator;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.type.TypeInformation;
import java.util.List;

/** Open harnesses for process functions, and for windows and joins as a program has them. */
public class ProcessFunctionTestHarnesses {
    private ProcessFunctionTestHarnesses() {}

    public static <IN, OUT> OneInputStreamOperatorTestHarness<IN, OUT> forProcessFunction(
            ProcessFunction<IN, OUT> function) throws Exception {
        return opened(new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function)));
    }

    public static <K, IN, OUT>
            KeyedOneInputStreamOperatorTestHarness<K, IN, OUT> forKeyedProcessFunction(
                    KeyedProcessFunction<K, IN, OUT> function,
                    KeySelector<IN, K> keySelector,
                    TypeInformation<K> keyType)
                    throws Exception {
        return opened(
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(function), keySelector, keyType));
    }

    public static <IN1, IN2, OUT>
            TwoInputStreamOperatorTestHarness<IN1, IN2, OUT> forCoProcessFunction(
                    CoProcessFunction<IN1, IN2, OUT> function) throws Exception {
        return opened(new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(function)));
    }

    public static <K, IN1, IN2, OUT>
            KeyedTwoInputStreamOperatorTestHarness<K, IN1, IN2, OUT> forKeyedCoProcessFunction(
                    KeyedCoProcessFunction<K, IN1, IN2, OUT> function,
                    KeySelector<IN1, K> keySelector1,
                    KeySelector<IN2, K> keySelector2,
                    TypeInformation<K> keyType)
                    throws Exception {
        return opened(
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeyedCoProcessOperator<>(function),
                        keySelector1,
                        keySelector2,
                        keyType));
    }

    public static <IN1, IN2, OUT>
            BroadcastOperatorTestHarness<IN1, IN2, OUT> forBroadcastProcessFunction(
                    BroadcastProcessFunction<IN1, IN2, OUT> function,
                    MapStateDescriptor<?, ?>... descriptors)
                    throws Exception {
        return opened(
                new BroadcastOperatorTestHarness<>(
                        new CoBroadcastWithNonKeyedOperator<>(function, List.of(descriptors))));
    }

    public static <K, IN1, IN2, OUT>
            KeyedBroadcastOperatorTestHarness<K, IN1, IN2, OUT> forKeyedBroadcastProcessFunction(
                    KeyedBroadcastProcessFunction<K, IN1, IN2, OUT> function,
                    KeySelector<IN1, K> keySelector,
                    TypeInformation<K> keyType,
                    MapStateDescriptor<?, ?>... descriptors)
                    throws Exception {
        return opened(
                new KeyedBroadcastOperatorTestHarness<>(
                        new CoBroadcastWithKeyedOperator<>(function, List.of(descriptors)),
                        keySelector,
                        keyType));
    }

    /**
     * For the operator of one keyed input that a stream of a program comes out of: a window, or a
     * function of any kind. The program itself is not run.
     *
     * @param tested such as {@code stream.keyBy(…).window(…).sum(1)}
     * @throws IllegalArgumentException if it has more inputs, or no keys
     */
    public static <K, IN, OUT> KeyedOneInputStreamOperatorTestHarness<K, IN, OUT> forKeyedOperator(
            DataStream<OUT> tested) throws Exception {
        return opened(new KeyedOneInputStreamOperatorTestHarness<>(TestedOperator.of(tested, 1)));
    }

    /**
     * The same for an operator of two keyed inputs, such as an interval join.
     *
     * @throws IllegalArgumentException if it has one input, or an input without keys
     */
    public static <K, IN1, IN2, OUT>
            KeyedTwoInputStreamOperatorTestHarness<K, IN1, IN2, OUT> forKeyedTwoInputOperator(
                    DataStream<OUT> tested) throws Exception {
        return opened(new KeyedTwoInputStreamOperatorTestHarness<>(TestedOperator.of(tested, 2)));
    }

    private static <H extends AbstractStreamOperatorTestHarness<?>> H opened(H harness)
            throws Exception {
        harness.open();
        return harness;
    }
}
