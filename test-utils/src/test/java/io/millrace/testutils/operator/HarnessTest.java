package io.millrace.testutils.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.RichFlatMapFunction;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.CoStreamFlatMap;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.StreamFlatMap;
import io.millrace.api.operator.StreamMap;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.stream.OneInputTransformation;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.Watermark;
import io.millrace.api.type.Types;
import io.millrace.api.window.TumblingEventTimeWindows;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class HarnessTest {
    private static final OutputTag<String> ODD = new OutputTag<>("odd") {};
    private static final MapStateDescriptor<String, Integer> FACTORS =
            new MapStateDescriptor<>("factors", Types.STRING, Types.INT);

    /** Emits again ten milliseconds of either time later. */
    private static final class Echo extends KeyedProcessFunction<Integer, Integer, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Integer value, Context context, Collector<String> out) {
            if (value < 0) {
                throw new IllegalArgumentException("negative");
            }
            context.timerService().registerEventTimeTimer(context.timestamp() + 10);
            context.timerService()
                    .registerProcessingTimeTimer(
                            context.timerService().currentProcessingTime() + 10);
            out.collect("now " + value);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
            out.collect(context.timeDomain() + " of " + context.getCurrentKey());
        }
    }

    /** As {@code WindowedStream} hands its operator to a test. */
    @Test
    void theWindowBehindAStreamRunsByItself() throws Exception {
        SingleOutputStreamOperator<Integer> sums =
                StreamExecutionEnvironment.getExecutionEnvironment()
                        .fromData(1)
                        .keyBy(value -> value % 2, Types.INT)
                        .window(TumblingEventTimeWindows.of(Duration.ofMillis(10)))
                        .reduce(Integer::sum);
        OneInputStreamOperator<Integer, Integer> operator =
                ((OneInputTransformation<Integer, Integer>) sums.getTransformation()).getOperator();

        try (KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        operator, value -> value % 2, Types.INT)) {
            harness.open();
            harness.processElement(4, 1);
            harness.processElement(6, 2);
            harness.processElement(5, 3);
            harness.processElement(8, 11);
            harness.processWatermark(9);

            assertThat(harness.extractOutputValues()).containsExactlyInAnyOrder(10, 5);
        }
    }

    @Test
    void timersFireWhenTheTestMovesTime() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<Integer, Integer, String> harness =
                ProcessFunctionTestHarnesses.forKeyedProcessFunction(
                        new Echo(), value -> value % 2, Types.INT)) {
            harness.processElement(4, 100);
            harness.processElement(5, 103);
            assertThat(harness.numEventTimeTimers()).isEqualTo(2);
            assertThat(harness.numProcessingTimeTimers()).isEqualTo(2);

            harness.processWatermark(110);
            assertThat(harness.extractOutputValues())
                    .containsExactly("now 4", "now 5", "EVENT_TIME of 0");
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);

            harness.setProcessingTime(9);
            assertThat(harness.numProcessingTimeTimers()).isEqualTo(2);
            harness.setProcessingTime(10);
            assertThat(harness.numProcessingTimeTimers()).isZero();
            assertThat(harness.extractOutputValues())
                    .endsWith("PROCESSING_TIME of 0", "PROCESSING_TIME of 1");
        }
    }

    @Test
    void theOutputHasRecordsAndWatermarksInTheirOrder() throws Exception {
        try (OneInputStreamOperatorTestHarness<String, Integer> harness =
                new OneInputStreamOperatorTestHarness<>(new StreamMap<>(String::length))) {
            harness.open();
            harness.processElement("four", 1);
            harness.processWatermark(new Watermark(7));
            harness.processWatermark(new Watermark(7));
            harness.processElement(new StreamRecord<>("no time"));

            ConcurrentLinkedQueue<Object> expected =
                    new ConcurrentLinkedQueue<>(
                            List.of(
                                    new StreamRecord<>(4, 1),
                                    new Watermark(7),
                                    new StreamRecord<>(7)));
            TestHarnessUtil.assertOutputEquals("output", expected, harness.getOutput());
            assertThat(TestHarnessUtil.<Integer>getRawElementsFromOutput(harness.getOutput()))
                    .containsExactly(4, 7);
        }
    }

    @Test
    void sideOutputsAreKeptByTheirTag() throws Exception {
        ProcessFunction<Integer, Integer> split =
                new ProcessFunction<>() {
                    @Override
                    public void processElement(
                            Integer value, Context context, Collector<Integer> out) {
                        if (value % 2 == 0) {
                            out.collect(value);
                        } else {
                            context.output(ODD, "odd " + value);
                        }
                    }
                };
        try (OneInputStreamOperatorTestHarness<Integer, Integer> harness =
                ProcessFunctionTestHarnesses.forProcessFunction(split)) {
            harness.processElement(1, 5);
            harness.processElement(2, 6);

            assertThat(harness.extractOutputValues()).containsExactly(2);
            assertThat(harness.getSideOutput(ODD)).containsExactly(new StreamRecord<>("odd 1", 5));
            assertThat(harness.getSideOutput(new OutputTag<String>("none") {})).isEmpty();
        }
    }

    @Test
    void theTimeOfTwoInputsIsThatOfTheSlower() throws Exception {
        CoFlatMapFunction<Integer, String, String> both =
                new CoFlatMapFunction<>() {
                    @Override
                    public void flatMap1(Integer value, Collector<String> out) {
                        out.collect("first " + value);
                    }

                    @Override
                    public void flatMap2(String value, Collector<String> out) {
                        out.collect("second " + value);
                    }
                };
        try (TwoInputStreamOperatorTestHarness<Integer, String, String> harness =
                new TwoInputStreamOperatorTestHarness<>(new CoStreamFlatMap<>(both))) {
            harness.open();
            harness.processElement1(new StreamRecord<>(1, 1));
            harness.processWatermark1(new Watermark(20));
            harness.processElement2(new StreamRecord<>("a", 2));
            harness.processWatermark2(new Watermark(10));

            assertThat(harness.getOutput())
                    .containsExactly(
                            new StreamRecord<>("first 1", 1),
                            new StreamRecord<>("second a", 2),
                            new Watermark(10));
        }
    }

    @Test
    void recordsOfOneKeyOfBothInputsShareTheirTimers() throws Exception {
        KeyedCoProcessFunction<String, String, String, String> remind =
                new KeyedCoProcessFunction<>() {
                    @Override
                    public void processElement1(
                            String value, Context context, Collector<String> out) {
                        context.timerService().registerEventTimeTimer(10);
                    }

                    @Override
                    public void processElement2(
                            String value, Context context, Collector<String> out) {
                        context.timerService().deleteEventTimeTimer(10);
                    }

                    @Override
                    public void onTimer(
                            long timestamp, OnTimerContext context, Collector<String> out) {
                        out.collect(context.getCurrentKey());
                    }
                };
        try (KeyedTwoInputStreamOperatorTestHarness<String, String, String, String> harness =
                ProcessFunctionTestHarnesses.forKeyedCoProcessFunction(
                        remind, value -> value, value -> value, Types.STRING)) {
            harness.processElement1("a", 1);
            harness.processElement1("b", 1);
            harness.processElement2("a", 2);
            harness.processBothWatermarks(new Watermark(10));

            assertThat(harness.extractOutputValues()).containsExactly("b");
        }
    }

    @Test
    void broadcastStateIsReadByTheOtherInput() throws Exception {
        BroadcastProcessFunction<Integer, Integer, Integer> times =
                new BroadcastProcessFunction<>() {
                    @Override
                    public void processElement(
                            Integer value, ReadOnlyContext context, Collector<Integer> out)
                            throws Exception {
                        Integer factor = context.getBroadcastState(FACTORS).get("factor");
                        out.collect(value * (factor == null ? 1 : factor));
                    }

                    @Override
                    public void processBroadcastElement(
                            Integer value, Context context, Collector<Integer> out)
                            throws Exception {
                        context.getBroadcastState(FACTORS).put("factor", value);
                    }
                };
        try (BroadcastOperatorTestHarness<Integer, Integer, Integer> harness =
                ProcessFunctionTestHarnesses.forBroadcastProcessFunction(times, FACTORS)) {
            harness.processElement(2, 1);
            harness.processBroadcastElement(10, 2);
            harness.processElement(2, 3);

            assertThat(harness.extractOutputValues()).containsExactly(2, 20);
        }
    }

    @Test
    void functionsAreOpenedAndClosedAndAreTheTestsOwn() throws Exception {
        StringBuilder life = new StringBuilder();
        RichFlatMapFunction<String, String> function =
                new RichFlatMapFunction<>() {
                    @Override
                    public void open(OpenContext context) {
                        life.append("open ")
                                .append(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
                    }

                    @Override
                    public void flatMap(String value, Collector<String> out) {
                        life.append(" ").append(value);
                    }

                    @Override
                    public void close() {
                        life.append(" close");
                    }
                };
        OneInputStreamOperatorTestHarness<String, String> harness =
                new OneInputStreamOperatorTestHarness<>(new StreamFlatMap<>(function));
        harness.open();
        harness.processElement("a", 1);
        harness.endInput();
        assertThat(harness.isFinished()).isTrue();
        harness.close();
        harness.close();

        assertThat(life).hasToString("open 0 a close");
        assertThatThrownBy(() -> harness.processElement("b", 2)).hasMessageContaining("closed");
    }

    @Test
    void whatAFunctionThrowsComesOutAsItWas() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<Integer, Integer, String> harness =
                ProcessFunctionTestHarnesses.forKeyedProcessFunction(
                        new Echo(), value -> value % 2, Types.INT)) {
            assertThatThrownBy(() -> harness.processElement(-1, 1))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("negative");
        }
        try (OneInputStreamOperatorTestHarness<String, String> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new StreamMap<>(
                                value -> {
                                    throw new IOException("checked");
                                }))) {
            harness.open();
            assertThatThrownBy(() -> harness.processElement("a", 1))
                    .isExactlyInstanceOf(IOException.class);
        }
    }

    /** An operator as programs write it. */
    private static final class Twice extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(StreamRecord<String> element) {
            output.collect(new StreamRecord<>(element.getValue(), element.getTimestamp()));
            output.collect(element);
        }
    }

    @Test
    void operatorsOfProgramsRunToo() throws Exception {
        try (OneInputStreamOperatorTestHarness<String, String> harness =
                new OneInputStreamOperatorTestHarness<>(new Twice())) {
            harness.open();
            harness.processElement("a", 3);

            assertThat(harness.extractOutputStreamRecords())
                    .isEqualTo(List.of(new StreamRecord<>("a", 3), new StreamRecord<>("a", 3)));
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void standInsOfTheEnginesOperatorsSayWhereTheyRun() {
        assertThatThrownBy(
                        () ->
                                new CoBroadcastWithNonKeyedOperator<String, String, String>(
                                                null, List.of())
                                        .processElement1(new StreamRecord<>("a")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(
                        "CoBroadcastWithNonKeyedOperator runs in a test harness only");
    }

    @Test
    void aHarnessThatIsNotOpenSaysSo() throws Exception {
        OneInputStreamOperatorTestHarness<String, String> harness =
                new OneInputStreamOperatorTestHarness<>(new StreamMap<>(value -> value));
        assertThatThrownBy(() -> harness.processElement("a", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call open()");
    }
}
