package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.type.Types;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BroadcastOperatorsTest {
    private static final MapStateDescriptor<String, Long> LIMITS =
            new MapStateDescriptor<>("limits", Types.STRING, Types.LONG);
    private static final MapStateDescriptor<String, Long> UNKNOWN =
            new MapStateDescriptor<>("unknown", Types.STRING, Types.LONG);

    /** Lets numbers pass up to the last limit that was broadcast. */
    private static final class Limit extends BroadcastProcessFunction<Long, String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long value, ReadOnlyContext ctx, Collector<String> out)
                throws Exception {
            Long limit = ctx.getBroadcastState(LIMITS).get("limit");
            if (limit != null && value <= limit) {
                out.collect(value + " of " + limit);
            }
        }

        @Override
        public void processBroadcastElement(String value, Context ctx, Collector<String> out)
                throws Exception {
            if (value.equals("unknown")) {
                ctx.getBroadcastState(UNKNOWN);
            }
            ctx.getBroadcastState(LIMITS).put("limit", Long.valueOf(value));
        }
    }

    private static OperatorHarness harness(OperatorSpec spec) {
        return OperatorHarness.ofTwo(spec, Types.LONG, Types.STRING, Types.STRING);
    }

    @Test
    void stateOfBroadcastRecordsIsSeenByTheOthers() {
        Played played =
                harness(new OperatorSpec.BroadcastProcessSpec(new Limit(), List.of(LIMITS)))
                        .play(
                                Script.of(1L)
                                        .second("5")
                                        .record(3L)
                                        .record(7L)
                                        .second("9")
                                        .record(7L));

        assertThat(played.records()).containsExactly("3 of 5", "7 of 9");
    }

    @Test
    void aStateThatWasNotDeclaredIsRefusedByName() {
        assertThatThrownBy(
                        () ->
                                harness(
                                                new OperatorSpec.BroadcastProcessSpec(
                                                        new Limit(), List.of(LIMITS)))
                                        .play(new Script().second("unknown")))
                .hasMessageContaining("'unknown'")
                .hasMessageContaining("[limits]");
    }

    /** Counts down a timer of each key, with an offset that was broadcast. */
    private static final class Alarm
            extends KeyedBroadcastProcessFunction<Long, Long, String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long value, ReadOnlyContext ctx, Collector<String> out)
                throws Exception {
            long offset = ctx.getBroadcastState(LIMITS).contains("offset") ? 100 : 0;
            ctx.timerService().registerEventTimeTimer(ctx.getCurrentKey() + offset);
        }

        @Override
        public void processBroadcastElement(String value, Context ctx, Collector<String> out)
                throws Exception {
            ctx.getBroadcastState(LIMITS).putAll(Map.of(value, 1L));
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out)
                throws Exception {
            assertThatThrownBy(() -> ctx.getBroadcastState(LIMITS).clear())
                    .hasMessageContaining("processBroadcastElement");
            out.collect(
                    ctx.getCurrentKey()
                            + "@"
                            + timestamp
                            + " "
                            + ctx.getBroadcastState(LIMITS).immutableEntries());
        }
    }

    @Test
    void keyedRecordsHaveTimersAndSeeTheStateToo() {
        KeySelector<Long, Long> byNumber = number -> number;

        Played played =
                harness(
                                new OperatorSpec.KeyedBroadcastProcessSpec(
                                        byNumber, new Alarm(), List.of(LIMITS)))
                        .keyedBy(byNumber)
                        .play(
                                Script.of(1L)
                                        .second("offset")
                                        .record(2L)
                                        .watermark(200)
                                        .secondWatermark(200));

        assertThat(played.records()).containsExactly("1@1 [offset=1]", "2@102 [offset=1]");
    }
}
