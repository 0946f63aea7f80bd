package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.CoProcessOperator;
import io.millrace.api.operator.CoStreamFlatMap;
import io.millrace.api.operator.CoStreamMap;
import io.millrace.api.operator.KeyedCoProcessOperator;
import io.millrace.api.operator.KeyedProcessOperator;
import io.millrace.api.operator.ProcessOperator;
import io.millrace.api.operator.SimpleOperatorFactory;
import io.millrace.api.operator.StreamFilter;
import io.millrace.api.operator.StreamFlatMap;
import io.millrace.api.operator.StreamMap;
import io.millrace.api.operator.StreamOperator;
import io.millrace.api.type.Types;
import org.junit.jupiter.api.Test;

/** The ready operators do what the engine's own do with the same function. */
class ReadyOperatorsTest {
    private static final OutputTag<String> SIDE = new OutputTag<>("side", Types.STRING);
    private static final KeySelector<Object, Object> FIRST_LETTER =
            word -> ((String) word).substring(0, 1);

    private static final Script ONE =
            new Script()
                    .record("a1", 1)
                    .record("b2")
                    .watermark(5)
                    .record("a3", 7)
                    .passMs(1_000)
                    .watermark(20)
                    .record("c4", 21);

    private static final Script TWO =
            new Script()
                    .record("a1", 1)
                    .second("a2", 2)
                    .watermark(5)
                    .secondWatermark(4)
                    .second("b3")
                    .passMs(1_000)
                    .watermark(30)
                    .secondWatermark(20)
                    .record("b4", 21);

    private static OperatorSpec one(StreamOperator<?> operator, KeySelector<?, ?> key) {
        return new OperatorSpec.TransformSpec(SimpleOperatorFactory.of(operator), key);
    }

    private static OperatorSpec two(StreamOperator<?> operator, KeySelector<?, ?> key) {
        return new OperatorSpec.CoTransformSpec(SimpleOperatorFactory.of(operator), key, key);
    }

    private static void sameOfOne(OperatorSpec ready, OperatorSpec own, boolean keyed) {
        assertThat(playOne(ready, keyed)).isEqualTo(playOne(own, keyed));
        assertThat(playOne(ready, keyed).records()).isNotEmpty();
    }

    private static Played playOne(OperatorSpec spec, boolean keyed) {
        OperatorHarness harness = OperatorHarness.of(spec, Types.STRING, Types.STRING).side(SIDE);
        return (keyed ? harness.keyedBy(FIRST_LETTER) : harness).play(ONE);
    }

    private static void sameOfTwo(OperatorSpec ready, OperatorSpec own, boolean keyed) {
        assertThat(playTwo(ready, keyed)).isEqualTo(playTwo(own, keyed));
        assertThat(playTwo(ready, keyed).records()).isNotEmpty();
    }

    private static Played playTwo(OperatorSpec spec, boolean keyed) {
        OperatorHarness harness =
                OperatorHarness.ofTwo(spec, Types.STRING, Types.STRING, Types.STRING).side(SIDE);
        return (keyed ? harness.keyedBy(FIRST_LETTER).secondKeyedBy(FIRST_LETTER) : harness)
                .play(TWO);
    }

    @Test
    void mapFilterAndFlatMap() {
        MapFunction<String, String> twice = word -> word + word;
        FilterFunction<String> odd = word -> (word.charAt(1) - '0') % 2 == 1;
        FlatMapFunction<String, String> letters =
                (word, out) -> {
                    for (String letter : word.split("")) {
                        out.collect(letter);
                    }
                };

        sameOfOne(one(new StreamMap<>(twice), null), new OperatorSpec.MapSpec(twice), false);
        sameOfOne(one(new StreamFilter<>(odd), null), new OperatorSpec.FilterSpec(odd), false);
        sameOfOne(
                one(new StreamFlatMap<>(letters), null),
                new OperatorSpec.FlatMapSpec(letters),
                false);
    }

    private static final class Look extends ProcessFunction<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(String value, Context ctx, Collector<String> out) {
            ctx.output(SIDE, value + " aside");
            out.collect(value + "@" + ctx.timestamp());
            out.collect("watermark " + ctx.timerService().currentWatermark());
        }
    }

    @Test
    void process() {
        sameOfOne(
                one(new ProcessOperator<>(new Look()), null),
                new OperatorSpec.ProcessSpec(new Look()),
                false);
    }

    private static final class Timers extends KeyedProcessFunction<Object, String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(String value, Context ctx, Collector<String> out) {
            ctx.timerService().registerEventTimeTimer(10);
            ctx.timerService().registerEventTimeTimer(11);
            ctx.timerService().deleteEventTimeTimer(11);
            ctx.timerService()
                    .registerProcessingTimeTimer(ctx.timerService().currentProcessingTime() + 500);
            out.collect(ctx.getCurrentKey() + value + "@" + ctx.timestamp());
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            boolean event = timestamp == 10;
            out.collect(
                    ctx.timeDomain()
                            + " of "
                            + ctx.getCurrentKey()
                            + (event ? " at " + ctx.timestamp() : ""));
            ctx.output(SIDE, "timer of " + ctx.getCurrentKey());
        }
    }

    @Test
    void processWithKeysAndTimers() {
        sameOfOne(
                one(new KeyedProcessOperator<>(new Timers()), FIRST_LETTER),
                new OperatorSpec.KeyedProcessSpec(FIRST_LETTER, new Timers()),
                true);
    }

    @Test
    void mapAndFlatMapTwo() {
        CoMapFunction<String, String, String> map =
                new CoMapFunction<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String map1(String value) {
                        return "1" + value;
                    }

                    @Override
                    public String map2(String value) {
                        return "2" + value;
                    }
                };
        CoFlatMapFunction<String, String, String> flatMap =
                new CoFlatMapFunction<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void flatMap1(String value, Collector<String> out) {
                        out.collect("1" + value);
                        out.collect("1" + value);
                    }

                    @Override
                    public void flatMap2(String value, Collector<String> out) {
                        out.collect("2" + value);
                    }
                };

        sameOfTwo(two(new CoStreamMap<>(map), null), new OperatorSpec.CoMapSpec(map), false);
        sameOfTwo(
                two(new CoStreamFlatMap<>(flatMap), null),
                new OperatorSpec.CoFlatMapSpec(flatMap),
                false);
    }

    private static final class LookAtTwo extends CoProcessFunction<String, String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement1(String value, Context ctx, Collector<String> out) {
            out.collect("1" + value + ctx.timerService().currentWatermark());
        }

        @Override
        public void processElement2(String value, Context ctx, Collector<String> out) {
            ctx.output(SIDE, value + "@" + ctx.timestamp());
        }
    }

    @Test
    void processTwo() {
        sameOfTwo(
                two(new CoProcessOperator<>(new LookAtTwo()), null),
                new OperatorSpec.CoProcessSpec(new LookAtTwo()),
                false);
    }

    private static final class TimersOfTwo
            extends KeyedCoProcessFunction<Object, String, String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement1(String value, Context ctx, Collector<String> out) {
            ctx.timerService().registerEventTimeTimer(10);
            out.collect(ctx.getCurrentKey() + " one");
        }

        @Override
        public void processElement2(String value, Context ctx, Collector<String> out) {
            ctx.timerService().registerEventTimeTimer(15);
            out.collect(ctx.getCurrentKey() + " two");
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            out.collect(ctx.getCurrentKey() + " timer " + timestamp + " " + ctx.timeDomain());
        }
    }

    @Test
    void processTwoWithKeysAndTimers() {
        sameOfTwo(
                two(new KeyedCoProcessOperator<>(new TimersOfTwo()), FIRST_LETTER),
                new OperatorSpec.KeyedCoProcessSpec(FIRST_LETTER, FIRST_LETTER, new TimersOfTwo()),
                true);
    }
}
