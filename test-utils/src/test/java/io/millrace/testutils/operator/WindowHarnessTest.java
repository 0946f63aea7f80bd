package io.millrace.testutils.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.TumblingProcessingTimeWindows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows and joins of a program, with the test's clock and watermarks. */
class WindowHarnessTest {
    private static final OutputTag<Tuple2<String, Integer>> LATE = new OutputTag<>("late") {};

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.createLocalEnvironment(1);

    private KeyedStream<Tuple2<String, Integer>, String> keyed() {
        return env.fromData(Types.TUPLE(Types.STRING, Types.INT), Tuple2.of("a", 1))
                .keyBy(pair -> pair.f0);
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    String, Tuple2<String, Integer>, Tuple2<String, Integer>>
            of(DataStream<Tuple2<String, Integer>> tested) throws Exception {
        return ProcessFunctionTestHarnesses.forKeyedOperator(tested);
    }

    @Test
    void aWindowOfEventTimeFiresWithItsWatermark() throws Exception {
        SingleOutputStreamOperator<Tuple2<String, Integer>> sums =
                keyed().window(TumblingEventTimeWindows.of(Duration.ofMillis(10)))
                        .sideOutputLateData(LATE)
                        .sum(1);
        try (var harness = of(sums)) {
            harness.processElement(Tuple2.of("a", 1), 3);
            harness.processElement(Tuple2.of("a", 2), 9);
            harness.processElement(Tuple2.of("a", 4), 10);
            harness.processWatermark(8);
            assertThat(harness.extractOutputValues()).isEmpty();

            harness.processWatermark(9);
            assertThat(harness.extractOutputStreamRecords())
                    .containsExactly(new StreamRecord<>(Tuple2.of("a", 3), 9));

            harness.processElement(Tuple2.of("a", 8), 9);
            assertThat(harness.getSideOutput(LATE))
                    .containsExactly(new StreamRecord<>(Tuple2.of("a", 8), 9));
        }
    }

    @Test
    void aWindowOfTheWallClockFiresWithTheTestsClock() throws Exception {
        try (var harness =
                of(
                        keyed().window(TumblingProcessingTimeWindows.of(Duration.ofMillis(10)))
                                .sum(1))) {
            harness.setProcessingTime(3);
            harness.processElement(new StreamRecord<>(Tuple2.of("a", 1)));
            harness.setProcessingTime(8);
            harness.processElement(new StreamRecord<>(Tuple2.of("a", 2)));
            assertThat(harness.extractOutputValues()).isEmpty();

            harness.setProcessingTime(9);
            assertThat(harness.extractOutputValues()).containsExactly(Tuple2.of("a", 3));

            harness.setProcessingTime(15);
            harness.processElement(new StreamRecord<>(Tuple2.of("a", 4)));
            harness.setProcessingTime(30);
            assertThat(harness.extractOutputValues())
                    .containsExactly(Tuple2.of("a", 3), Tuple2.of("a", 4));
        }
    }

    @Test
    void aWindowOfAnyTriggerGoesOnFromASnapshot() throws Exception {
        DataStream<Tuple2<String, Integer>> threes =
                keyed().window(GlobalWindows.create())
                        .trigger(PurgingTrigger.of(CountTrigger.of(3)))
                        .sum(1);
        OperatorSubtaskState snapshot;
        try (var harness = of(threes)) {
            harness.processElement(Tuple2.of("a", 1), 0);
            harness.processElement(Tuple2.of("a", 2), 0);
            snapshot = harness.snapshot(1, 1);
        }

        try (var harness =
                new KeyedOneInputStreamOperatorTestHarness<
                        String, Tuple2<String, Integer>, Tuple2<String, Integer>>(
                        TestedOperator.of(threes, 1))) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement(Tuple2.of("a", 4), 0);

            assertThat(harness.extractOutputValues()).containsExactly(Tuple2.of("a", 7));
        }
    }

    @Test
    void aFunctionOfAWindowSeesKeyAndWindow() throws Exception {
        DataStream<String> shown =
                keyed().window(EventTimeSessionWindows.withGap(Duration.ofMillis(5)))
                        .process(
                                new ProcessWindowFunction<
                                        Tuple2<String, Integer>, String, String, TimeWindow>() {
                                    @Override
                                    public void process(
                                            String key,
                                            Context context,
                                            Iterable<Tuple2<String, Integer>> elements,
                                            Collector<String> out) {
                                        out.collect(key + " until " + context.window().getEnd());
                                    }
                                });
        try (KeyedOneInputStreamOperatorTestHarness<String, Tuple2<String, Integer>, String>
                harness = ProcessFunctionTestHarnesses.forKeyedOperator(shown)) {
            harness.processElement(Tuple2.of("a", 1), 1);
            harness.processElement(Tuple2.of("a", 1), 4);
            harness.processWatermark(20);

            assertThat(harness.extractOutputValues()).containsExactly("a until 9");
        }
    }

    @Test
    void anIntervalJoinHasBothInputs() throws Exception {
        DataStream<String> joined =
                keyed().intervalJoin(keyed())
                        .between(Duration.ofMillis(-1), Duration.ofMillis(1))
                        .process(
                                new ProcessJoinFunction<
                                        Tuple2<String, Integer>,
                                        Tuple2<String, Integer>,
                                        String>() {
                                    @Override
                                    public void processElement(
                                            Tuple2<String, Integer> left,
                                            Tuple2<String, Integer> right,
                                            Context ctx,
                                            Collector<String> out) {
                                        out.collect(left.f1 + " " + right.f1);
                                    }
                                });
        try (KeyedTwoInputStreamOperatorTestHarness<
                        String, Tuple2<String, Integer>, Tuple2<String, Integer>, String>
                harness = ProcessFunctionTestHarnesses.forKeyedTwoInputOperator(joined)) {
            harness.processElement1(Tuple2.of("a", 1), 10);
            harness.processElement2(Tuple2.of("a", 2), 11);
            harness.processElement2(Tuple2.of("a", 3), 12);

            assertThat(harness.extractOutputValues()).containsExactly("1 2");
        }
    }

    @Test
    void anOperatorWithoutKeysIsRefused() {
        DataStream<String> mapped = env.fromData(List.of("a")).map(word -> word);

        assertThatThrownBy(() -> ProcessFunctionTestHarnesses.forKeyedOperator(mapped))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keyed");
    }
}
