package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.type.Types;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.StreamOperators;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedTimersTest {
    private static final KeySelector<String, Character> BY_INITIAL = word -> word.charAt(0);
    private static final OutputTag<String> LATE = new OutputTag<>("late", Types.STRING);

    /** Registers what its records say: {@code key:action:time}. */
    private static final class Obedient extends KeyedProcessFunction<Character, String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(String value, Context ctx, Collector<String> out) {
            String[] parts = value.split(":");
            long time = Long.parseLong(parts[2]);
            switch (parts[1]) {
                case "event" -> ctx.timerService().registerEventTimeTimer(time);
                case "wall" ->
                        ctx.timerService()
                                .registerProcessingTimeTimer(
                                        ctx.timerService().currentProcessingTime() + time);
                case "drop" -> ctx.timerService().deleteEventTimeTimer(time);
                case "side" -> ctx.output(LATE, value);
                default -> out.collect("watermark " + ctx.timerService().currentWatermark());
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            if (ctx.timeDomain() == TimeDomain.EVENT_TIME) {
                out.collect(ctx.getCurrentKey() + "@" + timestamp);
            } else {
                out.collect(ctx.getCurrentKey() + " by the wall clock");
                ctx.output(LATE, "from a timer");
            }
        }
    }

    private static OperatorHarness harness() {
        return OperatorHarness.of(
                        new OperatorSpec.KeyedProcessSpec(BY_INITIAL, new Obedient()),
                        Types.STRING,
                        Types.STRING)
                .keyedBy(BY_INITIAL, Types.CHAR)
                .restoring()
                .side(LATE);
    }

    @Test
    void fireInOrderOfTimeWhenTheWatermarkReachesThem() {
        Played played =
                harness()
                        .play(
                                Script.of("a:event:30", "b:event:10", "c:event:20", "a:event:30")
                                        .watermark(9)
                                        .watermark(20)
                                        .record("d:event:40")
                                        .watermark(39));

        assertThat(played.records()).containsExactly("b@10", "c@20", "a@30");
        assertThat(played.timestampsMs()).containsExactly(10L, 20L, 30L);
        assertThat(played.watermarksMs()).containsExactly(9L, 20L, 39L);
    }

    @Test
    void doNotFireOnceTheyAreDeleted() {
        Played played =
                harness()
                        .play(
                                Script.of("a:event:10", "b:event:10", "a:drop:10", "c:drop:10")
                                        .watermark(10));

        assertThat(played.records()).containsExactly("b@10");
    }

    @Test
    void fireByTheWallClock() {
        Played played =
                harness().play(Script.of("a:wall:100", "b:wall:50").passMs(60).passMs(1000));

        assertThat(played.records()).containsExactly("b by the wall clock", "a by the wall clock");
        assertThat(played.timestampsMs()).containsOnly(RecordChunk.NO_TIMESTAMP);
        assertThat(played.sides().get("late")).containsExactly("from a timer", "from a timer");
    }

    @Test
    void ofTheWallClockAreDroppedAtTheEndOfAStream() {
        assertThat(harness().play(Script.of("a:wall:100")).records()).isEmpty();
    }

    @Test
    void ofTheWallClockFireAtTheEndOfABatchJob(@TempDir Path directory) {
        assertThat(
                        harness()
                                .batch(new StreamOperators(), directory)
                                .play(Script.of("a:wall:100"))
                                .records())
                .containsExactly("a by the wall clock");
    }

    @Test
    void knowTheWatermark() {
        Played played =
                harness().play(Script.of("a:?:0").watermark(17).record("b:?:0").record("c:side:0"));

        assertThat(played.records()).containsExactly("watermark " + Long.MIN_VALUE, "watermark 17");
        assertThat(played.sides().get("late")).containsExactly("c:side:0");
    }

    @Test
    void areRefusedWithoutKeys() {
        ProcessFunction<String, String> function =
                new ProcessFunction<>() {
                    @Override
                    public void processElement(String value, Context ctx, Collector<String> out) {
                        ctx.timerService().registerEventTimeTimer(1);
                    }
                };

        assertThatThrownBy(
                        () ->
                                OperatorHarness.of(
                                                new OperatorSpec.ProcessSpec(function),
                                                Types.STRING,
                                                Types.STRING)
                                        .run(List.of("a")))
                .hasMessageContaining("keyBy()");
    }
}
