package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.type.Types;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwoInputOperatorsTest {
    private static final OutputTag<String> ODD = new OutputTag<>("odd", Types.STRING);

    private static final CoMapFunction<Long, String, String> DESCRIBE =
            new CoMapFunction<>() {
                @Override
                public String map1(Long value) {
                    return "number " + value;
                }

                @Override
                public String map2(String value) {
                    if (value.isEmpty()) {
                        throw new IllegalStateException("an empty word");
                    }
                    return "word " + value;
                }
            };

    private static OperatorHarness harness(OperatorSpec spec) {
        return OperatorHarness.ofTwo(spec, Types.LONG, Types.STRING, Types.STRING);
    }

    @Test
    void mapTheRecordsOfBothInputs() {
        Played played =
                harness(new OperatorSpec.CoMapSpec(DESCRIBE))
                        .play(Script.of(1L).second("a").record(2L, 7).second("b", 8));

        assertThat(played.records()).containsExactly("number 1", "word a", "number 2", "word b");
        assertThat(played.timestampsMs()).endsWith(7L, 8L);
    }

    @Test
    void nameTheOperatorWhoseFunctionFailed() {
        assertThatThrownBy(
                        () ->
                                harness(new OperatorSpec.CoMapSpec(DESCRIBE))
                                        .play(Script.of(1L).second("")))
                .hasMessageContaining("tested")
                .hasMessageContaining("an empty word");
    }

    @Test
    void flatMapTheRecordsOfBothInputs() {
        CoFlatMapFunction<Long, String, String> repeat =
                new CoFlatMapFunction<>() {
                    @Override
                    public void flatMap1(Long value, Collector<String> out) {
                        for (long i = 0; i < value; i++) {
                            out.collect("n" + i);
                        }
                    }

                    @Override
                    public void flatMap2(String value, Collector<String> out) {
                        out.collect(value);
                    }
                };

        assertThat(
                        harness(new OperatorSpec.CoFlatMapSpec(repeat))
                                .play(Script.of(2L).second("a").record(0L))
                                .records())
                .containsExactly("n0", "n1", "a");
    }

    @Test
    void haveTheTimeOfTheSlowerInputThatIsNotIdle() {
        Played played =
                harness(new OperatorSpec.CoMapSpec(DESCRIBE))
                        .play(
                                new Script()
                                        .watermark(10)
                                        .secondWatermark(5)
                                        .secondWatermark(20)
                                        .watermark(15)
                                        .secondIdle()
                                        .watermark(30)
                                        .second("ends idleness")
                                        .watermark(40)
                                        .secondWatermark(35));

        assertThat(played.watermarksMs()).containsExactly(5L, 10L, 15L, 30L, 35L);
    }

    @Test
    void emitToSideOutputs() {
        CoProcessFunction<Long, String, String> split =
                new CoProcessFunction<>() {
                    @Override
                    public void processElement1(Long value, Context ctx, Collector<String> out) {
                        if (value % 2 == 0) {
                            out.collect("even " + value + "@" + ctx.timestamp());
                        } else {
                            ctx.output(ODD, "odd " + value);
                        }
                    }

                    @Override
                    public void processElement2(String value, Context ctx, Collector<String> out) {
                        out.collect(value);
                    }
                };

        Played played =
                harness(new OperatorSpec.CoProcessSpec(split))
                        .side(ODD)
                        .play(Script.of(1L).record(2L, 4).second("a").record(3L));

        assertThat(played.records()).containsExactly("even 2@4", "a");
        assertThat(played.sides().get("odd")).containsExactly("odd 1", "odd 3");
    }

    @Test
    void shareTimersByKey() {
        KeySelector<Long, Long> byNumber = number -> number;
        KeySelector<String, Long> byLength = word -> (long) word.length();
        KeyedCoProcessFunction<Long, Long, String, String> wait =
                new KeyedCoProcessFunction<>() {
                    private final Map<Long, String> words = new HashMap<>();

                    @Override
                    public void processElement1(Long value, Context ctx, Collector<String> out) {
                        ctx.timerService().registerEventTimeTimer(100 + value);
                    }

                    @Override
                    public void processElement2(String value, Context ctx, Collector<String> out) {
                        words.put(ctx.getCurrentKey(), value);
                        ctx.timerService().deleteEventTimeTimer(100 + ctx.getCurrentKey());
                    }

                    @Override
                    public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
                        out.collect("no word of " + ctx.getCurrentKey() + " letters: " + words);
                    }
                };

        Played played =
                harness(new OperatorSpec.KeyedCoProcessSpec(byNumber, byLength, wait))
                        .keyedBy(byNumber)
                        .secondKeyedBy(byLength)
                        .play(
                                Script.of(1L, 2L, 3L)
                                        .second("ab")
                                        .watermark(200)
                                        .secondWatermark(102));

        assertThat(played.records()).containsExactly("no word of 1 letters: {2=ab}");
    }
}
