package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.RichReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.OperatorSpec.WindowSpec;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.time.Time;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.ProcessAllWindowFunction;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.ProcessingTimeoutTrigger;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.TumblingProcessingTimeWindows;
import io.millrace.api.window.WindowFunction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowedStreamTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(4);
    private final DataStream<Tuple2<String, Integer>> pairs =
            env.fromData(List.of(Tuple2.of("a", 1)), Types.TUPLE(Types.STRING, Types.INT));
    private final KeyedStream<Tuple2<String, Integer>, String> keyed =
            pairs.keyBy(pair -> pair.f0, Types.STRING);

    @Test
    void keepsTheFoldOfAReduceAndSlicesItsWindows() {
        WindowSpec spec = specOf(keyed.window(TumblingEventTimeWindows.of(MINUTE)).sum(1));

        assertThat(spec.contents()).isInstanceOf(WindowContents.Reduced.class);
        assertThat(spec.function()).isNull();
        assertThat(spec.kind()).isEqualTo(OperatorSpec.Kind.SLICED_WINDOW);
    }

    @Test
    void keepsTheAccumulatorOfAnAggregation() {
        WindowSpec spec =
                specOf(
                        keyed.window(EventTimeSessionWindows.withGap(MINUTE))
                                .aggregate(new Total(), new Named()));

        assertThat(((WindowContents.Aggregated) spec.contents()).accumulators())
                .isEqualTo(Types.LONG);
        assertThat(spec.function()).isNotNull();
        assertThat(spec.kind()).isEqualTo(OperatorSpec.Kind.SESSION_WINDOW);
    }

    @Test
    void knowsWindowsThatFoldAllRecordsOfAKeyUntilTheEnd() {
        GlobalWindows untilTheEnd = GlobalWindows.createWithEndOfStreamTrigger();
        List<DataStream<?>> windows =
                List.of(
                        keyed.window(untilTheEnd).aggregate(new Total()),
                        keyed.window(untilTheEnd).sum(1),
                        keyed.window(untilTheEnd).evictor(CountEvictor.of(2)).sum(1),
                        keyed.window(untilTheEnd).trigger(CountTrigger.of(2)).sum(1),
                        keyed.window(untilTheEnd)
                                .<Integer>apply(
                                        (key, window, records, out) -> out.collect(1), Types.INT),
                        keyed.window(GlobalWindows.create()).sum(1));
        windows.forEach(DataStream::print);

        assertThat(env.getStreamGraph().nodes())
                .filteredOn(node -> node.spec() instanceof WindowSpec)
                .extracting(node -> node.spec().kind())
                .containsExactly(
                        OperatorSpec.Kind.END_WINDOW,
                        OperatorSpec.Kind.END_WINDOW,
                        OperatorSpec.Kind.WINDOW,
                        OperatorSpec.Kind.WINDOW,
                        OperatorSpec.Kind.WINDOW,
                        OperatorSpec.Kind.WINDOW);
    }

    @Test
    void findsTheTypesOfResults() {
        var windows = keyed.window(TumblingEventTimeWindows.of(MINUTE));

        assertThat(windows.sum(1).getType()).isEqualTo(pairs.getType());
        assertThat(windows.aggregate(new Total()).getType()).isEqualTo(Types.LONG);
        assertThat(windows.aggregate(new Total(), new Named()).getType()).isEqualTo(Types.STRING);
        assertThat(windows.apply(new First()).getType()).isEqualTo(Types.INT);
    }

    @Test
    void keepsAllRecordsForAnEvictorAndFoldsThemWhenTheWindowFires() throws Exception {
        WindowSpec spec =
                specOf(
                        keyed.window(SlidingEventTimeWindows.of(MINUTE, MINUTE))
                                .evictor(CountEvictor.of(2))
                                .sum(1));

        assertThat(spec.contents()).isInstanceOf(WindowContents.Collected.class);
        assertThat(spec.kind()).isEqualTo(OperatorSpec.Kind.WINDOW);
        assertThat(processed(spec, List.of(Tuple2.of("a", 1), Tuple2.of("a", 2))))
                .containsExactly(Tuple2.of("a", 3));
        assertThat(processed(spec, List.of())).isEmpty();
    }

    @Test
    void hasOneSubtaskForAllKeysTogether() {
        StreamNode node =
                nodeOf(
                        pairs.windowAll(TumblingEventTimeWindows.of(MINUTE))
                                .process(new CountAll()));

        assertThat(node.parallelism()).isEqualTo(1);
        assertThat(node.maxParallelism()).isEqualTo(1);
        assertThat(node.outputType()).isEqualTo(Types.INT);
    }

    @Test
    void cannotBeGivenMoreSubtasksWithoutKeys() {
        var counts = pairs.countWindowAll(5).sum(1);

        assertThatThrownBy(() -> counts.setParallelism(2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsRecordsInWindowsOfCounts() {
        assertThat(specOf(keyed.countWindow(5).sum(1)).trigger())
                .hasToString("PurgingTrigger(CountTrigger(5))");
    }

    @Test
    void keepsTheLastRecordsInSlidingWindowsOfCounts() {
        WindowSpec sliding = specOf(keyed.countWindow(5, 2).sum(1));

        assertThat(sliding.trigger()).hasToString("CountTrigger(2)");
        assertThat(sliding.evictor()).isInstanceOf(CountEvictor.class);
    }

    @Test
    @SuppressWarnings("deprecation")
    void understandsTimesOfOlderPrograms() {
        WindowSpec spec =
                specOf(
                        keyed.timeWindow(Time.minutes(10), Time.minutes(1))
                                .allowedLateness(Time.seconds(3))
                                .sum(1));

        assertThat(spec.assigner()).hasToString("SlidingEventTimeWindows(600000, 60000)");
        assertThat(spec.allowedLatenessMs()).isEqualTo(3_000);
    }

    @Test
    void saysWhereLateRecordsGo() {
        OutputTag<Tuple2<String, Integer>> late = new OutputTag<>("late", pairs.getType());

        assertThat(
                        specOf(
                                        keyed.window(TumblingEventTimeWindows.of(MINUTE))
                                                .sideOutputLateData(late)
                                                .sum(1))
                                .lateOutput())
                .isEqualTo(late);
    }

    @Test
    void refusesARichFunctionThatFolds() {
        var windows = keyed.window(TumblingEventTimeWindows.of(MINUTE));

        assertThatThrownBy(() -> windows.reduce(new RichSum()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("RichSum")
                .hasMessageContaining("reduce(ReduceFunction, WindowFunction)");
    }

    @Test
    void refusesATriggerThatCannotFollowWindowsThatMerge() {
        var windows = keyed.window(EventTimeSessionWindows.withGap(MINUTE));
        Trigger<Object, TimeWindow> trigger =
                ProcessingTimeoutTrigger.of(EventTimeTrigger.create(), MINUTE);

        assertThatThrownBy(() -> windows.trigger(trigger))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("EventTimeSessionWindows(60000)")
                .hasMessageContaining("canMerge()");
    }

    @Test
    void refusesALatenessBelowZero() {
        var windows = keyed.window(TumblingEventTimeWindows.of(MINUTE));

        assertThatThrownBy(() -> windows.allowedLateness(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1 ms");
    }

    @Test
    void runsInTheGeneralOperatorWithAnotherTrigger() {
        assertThat(
                        specOf(
                                        keyed.window(TumblingProcessingTimeWindows.of(MINUTE))
                                                .trigger(CountTrigger.of(3))
                                                .sum(1))
                                .kind())
                .isEqualTo(OperatorSpec.Kind.WINDOW);
    }

    @Test
    void describesItsWindows() {
        StreamNode node = nodeOf(keyed.window(TumblingEventTimeWindows.of(MINUTE)).sum(1));

        assertThat(node.name()).isEqualTo("TumblingEventTimeWindows");
        assertThat(node.description())
                .isEqualTo("Window(TumblingEventTimeWindows(60000), EventTimeTrigger(), FieldSum)");
    }

    @SuppressWarnings("unchecked")
    private static List<Object> processed(WindowSpec spec, List<?> records) throws Exception {
        List<Object> results = new java.util.ArrayList<>();
        ((ProcessWindowFunction<Object, Object, Object, TimeWindow>) spec.function())
                .process("a", null, (List<Object>) records, ListCollector.into(results));
        return results;
    }

    private StreamNode nodeOf(DataStream<?> results) {
        results.print();
        return env.getStreamGraph().nodes().stream()
                .filter(node -> node.spec() instanceof WindowSpec)
                .findFirst()
                .orElseThrow();
    }

    private WindowSpec specOf(DataStream<?> results) {
        return (WindowSpec) nodeOf(results).spec();
    }

    private static final class ListCollector {
        static Collector<Object> into(List<Object> list) {
            return new Collector<>() {
                @Override
                public void collect(Object record) {
                    list.add(record);
                }

                @Override
                public void close() {}
            };
        }
    }

    private static final class Total
            implements AggregateFunction<Tuple2<String, Integer>, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Tuple2<String, Integer> value, Long accumulator) {
            return accumulator + value.f1;
        }

        @Override
        public Long getResult(Long accumulator) {
            return accumulator;
        }

        @Override
        public Long merge(Long a, Long b) {
            return a + b;
        }
    }

    private static final class Named
            extends ProcessWindowFunction<Long, String, String, TimeWindow> {
        @Override
        public void process(
                String key, Context context, Iterable<Long> elements, Collector<String> out) {
            out.collect(key + elements.iterator().next());
        }
    }

    private static final class First
            implements WindowFunction<Tuple2<String, Integer>, Integer, String, TimeWindow> {
        @Override
        public void apply(
                String key,
                TimeWindow window,
                Iterable<Tuple2<String, Integer>> input,
                Collector<Integer> out) {
            out.collect(input.iterator().next().f1);
        }
    }

    private static final class CountAll
            extends ProcessAllWindowFunction<Tuple2<String, Integer>, Integer, TimeWindow> {
        @Override
        public void process(
                Context context,
                Iterable<Tuple2<String, Integer>> elements,
                Collector<Integer> out) {
            int count = 0;
            for (Tuple2<String, Integer> ignored : elements) {
                count++;
            }
            out.collect(count);
        }
    }

    private static final class RichSum extends RichReduceFunction<Tuple2<String, Integer>> {
        @Override
        public Tuple2<String, Integer> reduce(
                Tuple2<String, Integer> value1, Tuple2<String, Integer> value2) {
            return Tuple2.of(value1.f0, value1.f1 + value2.f1);
        }
    }
}
