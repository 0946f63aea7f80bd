package io.millrace.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.Watermark;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkOutput;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.testutils.operator.KeyedOneInputStreamOperatorTestHarness;
import io.millrace.testutils.operator.ProcessFunctionTestHarnesses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of {@code docs/time.md}, run. */
@Timeout(60)
class TimeGuideTest {
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();
    private final DataStream<Click> clicks =
            env.fromData(
                    new Click("ann", 5_000),
                    new Click("bob", 9_000),
                    new Click("ann", 7_000),
                    new Click("end of day", 10_000),
                    new Click("ann", 20_000));

    /** Something that happened. */
    public static final class Click {
        public String user;
        public long atMs;

        public Click() {}

        public Click(String user, long atMs) {
            this.user = user;
            this.atMs = atMs;
        }
    }

    /** What each record knows of time: its timestamp, and the watermark when it came. */
    private static final class Times<T> extends ProcessFunction<T, String> {
        @Override
        public void processElement(T value, Context context, Collector<String> out) {
            long watermarkMs = context.timerService().currentWatermark();
            out.collect(
                    context.timestamp()
                            + (watermarkMs == Long.MIN_VALUE ? "" : " after " + watermarkMs));
        }
    }

    private static <T> List<T> results(DataStream<T> stream) throws Exception {
        List<T> collected = new ArrayList<>();
        try (CloseableIterator<T> results = stream.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        return collected;
    }

    @Test
    void aTestMovesTime() throws Exception {
        DataStream<Click> firsts =
                clicks.keyBy(click -> click.user)
                        .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                        .minBy("atMs");

        try (KeyedOneInputStreamOperatorTestHarness<String, Click, Click> harness =
                ProcessFunctionTestHarnesses.forKeyedOperator(firsts)) {
            harness.processElement(new Click("ann", 5_000), 5_000);
            harness.processElement(new Click("ann", 2_000), 2_000);
            harness.processWatermark(59_999);

            assertThat(harness.extractOutputValues())
                    .extracting(click -> click.atMs)
                    .containsExactly(2_000L);
        }
    }

    @Test
    void strategies() throws Exception {
        WatermarkStrategy<Click> byClickTime =
                WatermarkStrategy.<Click>forBoundedOutOfOrderness(Duration.ofSeconds(5))
                        .withTimestampAssigner((click, before) -> click.atMs);
        DataStream<Click> timed = clicks.assignTimestampsAndWatermarks(byClickTime);

        WatermarkStrategy<Click> forgiving = byClickTime.withIdleness(Duration.ofMinutes(1));

        WatermarkStrategy<Click> aligned =
                byClickTime.withWatermarkAlignment(
                        "clicks", Duration.ofSeconds(20), Duration.ofSeconds(1));

        assertThat(results(timed.process(new Times<>()).setParallelism(1)))
                .containsExactlyInAnyOrder("5000", "9000", "7000", "10000", "20000");
        assertThat(
                        results(
                                clicks.assignTimestampsAndWatermarks(forgiving)
                                        .map(click -> click.atMs)))
                .hasSize(5);
        assertThat(aligned.getAlignmentParameters().getWatermarkGroup()).isEqualTo("clicks");
    }

    @Test
    void strategyOfASource() throws Exception {
        DataStream<Long> numbers =
                env.fromSource(
                        new NumberSequenceSource(1, 1000),
                        WatermarkStrategy.<Long>forMonotonousTimestamps()
                                .withTimestampAssigner((number, before) -> number),
                        "numbers");

        assertThat(results(numbers.process(new Times<>()))).hasSize(1000).anyMatch("1000"::equals);
    }

    public static class EndsOfDays implements WatermarkGenerator<Click> {
        @Override
        public void onEvent(Click click, long timestampMs, WatermarkOutput output) {
            if (click.user.equals("end of day")) {
                output.emitWatermark(new Watermark(timestampMs));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Only records say how far time has come.
        }
    }

    @Test
    void ownGenerator() throws Exception {
        env.setParallelism(1);
        DataStream<Click> timed =
                clicks.assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Click>forGenerator(context -> new EndsOfDays())
                                .withTimestampAssigner((click, before) -> click.atMs));

        assertThat(results(timed.process(new Times<>())))
                .containsExactly("5000", "9000", "7000", "10000", "20000 after 10000");
    }
}
