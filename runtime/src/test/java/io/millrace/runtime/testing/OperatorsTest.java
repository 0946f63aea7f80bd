package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.Collector;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.RunningFold;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OperatorsTest {
    private static final List<Long> NUMBERS = LongStream.range(0, 600).boxed().toList();

    @Test
    void mapsEachRecord() {
        MapFunction<Long, Long> twice = number -> 2 * number;

        List<Object> emitted =
                OperatorHarness.of(new OperatorSpec.MapSpec(twice), Types.LONG, Types.LONG)
                        .run(NUMBERS);

        assertThat(emitted).hasSize(600).startsWith(0L, 2L, 4L).endsWith(1198L);
    }

    @Test
    void filters() {
        FilterFunction<Long> even = number -> number % 2 == 0;

        assertThat(
                        OperatorHarness.of(
                                        new OperatorSpec.FilterSpec(even), Types.LONG, Types.LONG)
                                .run(List.of(1L, 2L, 3L, 4L)))
                .containsExactly(2L, 4L);
    }

    @Test
    void emitsMoreFromOneRecordThanTheOutputsTake() {
        FlatMapFunction<Long, Long> many =
                (number, out) -> {
                    for (long i = 0; i < 50_000; i++) {
                        out.collect(i);
                    }
                    out.close();
                };

        assertThat(
                        OperatorHarness.of(
                                        new OperatorSpec.FlatMapSpec(many), Types.LONG, Types.LONG)
                                .run(List.of(1L, 2L)))
                .hasSize(100_000);
    }

    @Test
    void givesProcessFunctionsTheirTimestamp() {
        ProcessFunction<Long, String> describe =
                new ProcessFunction<>() {
                    @Override
                    public void processElement(Long value, Context ctx, Collector<String> out) {
                        out.collect(value + "@" + ctx.timestamp());
                    }
                };

        assertThat(
                        OperatorHarness.of(
                                        new OperatorSpec.ProcessSpec(describe),
                                        Types.LONG,
                                        Types.STRING)
                                .run(List.of(7L)))
                .containsExactly("7@null");
    }

    @Test
    void givesKeyedProcessFunctionsTheirKey() {
        KeySelector<Long, Long> byRest = number -> number % 3;
        KeyedProcessFunction<Long, Long, String> describe =
                new KeyedProcessFunction<>() {
                    @Override
                    public void processElement(Long value, Context ctx, Collector<String> out) {
                        out.collect(ctx.getCurrentKey() + ":" + value);
                    }
                };

        assertThat(
                        OperatorHarness.of(
                                        new OperatorSpec.KeyedProcessSpec(byRest, describe),
                                        Types.LONG,
                                        Types.STRING)
                                .keyedBy(byRest)
                                .run(List.of(7L, 8L)))
                .containsExactly("1:7", "2:8");
    }

    @Test
    void emitsTheFoldAfterEachRecordInStreaming() {
        KeySelector<Long, Long> byRest = number -> number % 2;
        ReduceFunction<Long> sum = Long::sum;

        assertThat(
                        OperatorHarness.of(
                                        new OperatorSpec.KeyedReduceSpec(byRest, sum),
                                        Types.LONG,
                                        Types.LONG)
                                .keyedBy(byRest)
                                .run(List.of(1L, 2L, 3L, 4L, 5L)))
                .containsExactly(1L, 2L, 4L, 6L, 9L);
    }

    @Test
    void keepsItsFoldFromWhoeverTakesIt() {
        KeySelector<List<Long>, Integer> all = list -> 0;
        ReduceFunction<List<Long>> joinInPlace =
                (a, b) -> {
                    List<Long> joined = new ArrayList<>(a);
                    joined.addAll(b);
                    a.clear();
                    return joined;
                };

        List<Object> emitted =
                OperatorHarness.of(
                                new OperatorSpec.KeyedReduceSpec(all, joinInPlace),
                                Types.LIST(Types.LONG),
                                Types.LIST(Types.LONG))
                        .keyedBy(all)
                        .run(
                                () ->
                                        List.of(
                                                new ArrayList<>(List.of(1L)),
                                                new ArrayList<>(List.of(2L)),
                                                new ArrayList<>(List.of(3L))));

        assertThat(emitted).containsExactly(List.of(1L), List.of(1L, 2L), List.of(1L, 2L, 3L));
    }

    /** Counts in a state that changes in place; a record has a list, which may change too. */
    private static final class Counting implements RunningFold<Tuple2<List<String>, Long>> {
        private static final long serialVersionUID = 1L;

        private static final class Count {
            private Tuple2<List<String>, Long> first;
            private long count;
        }

        @Override
        public Tuple2<List<String>, Long> reduce(
                Tuple2<List<String>, Long> a, Tuple2<List<String>, Long> b) {
            throw new AssertionError("a running fold is not reduced");
        }

        @Override
        public Object begin(Tuple2<List<String>, Long> first) {
            Count count = new Count();
            count.first = first;
            count.count = first.f1;
            return count;
        }

        @Override
        public void add(Object state, Tuple2<List<String>, Long> record) {
            ((Count) state).count += record.f1;
        }

        @Override
        public Tuple2<List<String>, Long> base(Object state) {
            return ((Count) state).first;
        }

        @Override
        public Tuple2<List<String>, Long> result(
                Object state, Tuple2<List<String>, Long> base, boolean owned) {
            assertThat(owned).isTrue();
            base.f0.add("result");
            base.f1 = ((Count) state).count;
            return base;
        }
    }

    @Test
    void keepsTheStateOfARunningFoldFromWhoeverTakesItsResults() {
        KeySelector<Tuple2<List<String>, Long>, Integer> all = pair -> 0;

        List<Object> emitted =
                OperatorHarness.of(
                                new OperatorSpec.KeyedReduceSpec(all, new Counting()),
                                Types.TUPLE(Types.LIST(Types.STRING), Types.LONG),
                                Types.TUPLE(Types.LIST(Types.STRING), Types.LONG))
                        .keyedBy(all)
                        .run(
                                () ->
                                        List.of(
                                                Tuple2.of(new ArrayList<>(List.of("a")), 1L),
                                                Tuple2.of(new ArrayList<>(List.of("b")), 2L),
                                                Tuple2.of(new ArrayList<>(List.of("c")), 3L)));

        assertThat(emitted)
                .containsExactly(
                        Tuple2.of(List.of("a"), 1L),
                        Tuple2.of(List.of("a", "result"), 3L),
                        Tuple2.of(List.of("a", "result"), 6L));
    }
}
