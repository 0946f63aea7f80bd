package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RichFilterFunction;
import io.millrace.api.function.RichFlatMapFunction;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.RunningFold;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeyedStateTest {
    private static final KeySelector<String, Character> BY_INITIAL = word -> word.charAt(0);

    private static OperatorHarness harness(OperatorSpec spec) {
        return OperatorHarness.of(spec, Types.STRING, Types.STRING)
                .keyedBy(BY_INITIAL, Types.CHAR)
                .restoring();
    }

    /** Keeps each word in a state of each kind and shows them all. */
    private static final class AllKinds extends KeyedProcessFunction<Character, String, String> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Integer> count;
        private transient ListState<String> words;
        private transient MapState<Integer, String> byLength;
        private transient ReducingState<String> longest;
        private transient AggregatingState<String, Integer> letters;

        @Override
        public void open(OpenContext openContext) {
            count =
                    getRuntimeContext()
                            .getState(new ValueStateDescriptor<>("count", Integer.class));
            words =
                    getRuntimeContext()
                            .getListState(new ListStateDescriptor<>("words", String.class));
            byLength =
                    getRuntimeContext()
                            .getMapState(
                                    new MapStateDescriptor<>(
                                            "by length", Integer.class, String.class));
            longest =
                    getRuntimeContext()
                            .getReducingState(
                                    new ReducingStateDescriptor<>(
                                            "longest",
                                            (a, b) -> b.length() > a.length() ? b : a,
                                            String.class));
            letters =
                    getRuntimeContext()
                            .getAggregatingState(
                                    new AggregatingStateDescriptor<>(
                                            "letters", new Letters(), Integer.class));
        }

        @Override
        public void processElement(String word, Context ctx, Collector<String> out)
                throws Exception {
            if (word.endsWith("!")) {
                count.clear();
                words.clear();
                byLength.clear();
                longest.clear();
                letters.clear();
                return;
            }
            count.update(count.value() == null ? 1 : count.value() + 1);
            words.add(word);
            byLength.put(word.length(), word);
            longest.add(word);
            letters.add(word);
            List<String> all = new ArrayList<>();
            words.get().forEach(all::add);
            TreeMap<Integer, String> lengths = new TreeMap<>();
            byLength.entries().forEach(entry -> lengths.put(entry.getKey(), entry.getValue()));
            out.collect(
                    count.value()
                            + " "
                            + all
                            + " "
                            + lengths
                            + " "
                            + longest.get()
                            + " "
                            + letters.get());
        }
    }

    private static final class Letters implements AggregateFunction<String, Integer, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer createAccumulator() {
            return 0;
        }

        @Override
        public Integer add(String word, Integer letters) {
            return letters + word.length();
        }

        @Override
        public Integer getResult(Integer letters) {
            return letters;
        }

        @Override
        public Integer merge(Integer a, Integer b) {
            return a + b;
        }
    }

    @Test
    void ofEachKindBelongsToTheKey() {
        List<Object> output =
                harness(new OperatorSpec.KeyedProcessSpec(BY_INITIAL, new AllKinds()))
                        .run(List.of("apple", "bee", "axe", "art", "bus", "a!", "an", "bees"));

        assertThat(output)
                .containsExactly(
                        "1 [apple] {5=apple} apple 5",
                        "1 [bee] {3=bee} bee 3",
                        "2 [apple, axe] {3=axe, 5=apple} apple 8",
                        "3 [apple, axe, art] {3=art, 5=apple} apple 11",
                        "2 [bee, bus] {3=bus} bee 6",
                        "1 [an] {2=an} an 2",
                        "3 [bee, bus, bees] {3=bus, 4=bees} bees 10");
    }

    private static final class CountInOpen extends RichMapFunction<String, String> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext openContext) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("n", Types.LONG, 10L));
        }

        @Override
        public String map(String word) throws Exception {
            count.update(count.value() + 1);
            return word.charAt(0) + "=" + count.value();
        }
    }

    @Test
    void belongsToMapFunctionsOfKeyedStreams() {
        assertThat(
                        harness(new OperatorSpec.MapSpec(new CountInOpen()))
                                .run(List.of("a", "b", "a", "a", "b")))
                .containsExactly("a=11", "b=11", "a=12", "a=13", "b=12");
    }

    @Test
    void canBeAskedForWhenTheFirstRecordComes() {
        RichFlatMapFunction<String, String> distinct =
                new RichFlatMapFunction<>() {
                    @Override
                    public void flatMap(String word, Collector<String> out) throws Exception {
                        MapState<String, Boolean> seen =
                                getRuntimeContext()
                                        .getMapState(
                                                new MapStateDescriptor<>(
                                                        "seen", String.class, Boolean.class));
                        if (!seen.contains(word)) {
                            seen.put(word, true);
                            out.collect(word);
                        }
                    }
                };

        assertThat(
                        harness(new OperatorSpec.FlatMapSpec(distinct))
                                .run(List.of("ab", "b", "ab", "ac", "b")))
                .containsExactly("ab", "b", "ac");
    }

    @Test
    void belongsToFilterFunctionsOfKeyedStreams() {
        RichFilterFunction<String> firstOfKey =
                new RichFilterFunction<>() {
                    @Override
                    public boolean filter(String word) throws Exception {
                        ValueState<Boolean> seen =
                                getRuntimeContext()
                                        .getState(
                                                new ValueStateDescriptor<>("seen", Types.BOOLEAN));
                        boolean first = seen.value() == null;
                        seen.update(true);
                        return first;
                    }
                };

        assertThat(
                        harness(new OperatorSpec.FilterSpec(firstOfKey))
                                .run(List.of("ab", "b", "ac", "b")))
                .containsExactly("ab", "b");
    }

    @Test
    void isSharedByBothInputsOfAFunction() {
        KeyedCoProcessFunction<Character, String, String, String> both =
                new KeyedCoProcessFunction<>() {
                    private transient ListState<String> seen;

                    @Override
                    public void open(OpenContext openContext) {
                        seen =
                                getRuntimeContext()
                                        .getListState(
                                                new ListStateDescriptor<>("seen", String.class));
                    }

                    @Override
                    public void processElement1(String word, Context ctx, Collector<String> out)
                            throws Exception {
                        seen.add(word);
                    }

                    @Override
                    public void processElement2(String word, Context ctx, Collector<String> out)
                            throws Exception {
                        out.collect(ctx.getCurrentKey() + ":" + String.join(",", seen.get()));
                        seen.update(List.of());
                    }
                };

        Played played =
                OperatorHarness.ofTwo(
                                new OperatorSpec.KeyedCoProcessSpec(BY_INITIAL, BY_INITIAL, both),
                                Types.STRING,
                                Types.STRING,
                                Types.STRING)
                        .keyedBy(BY_INITIAL, Types.CHAR)
                        .secondKeyedBy(BY_INITIAL)
                        .restoring()
                        .play(
                                Script.of("a1", "b1", "a2")
                                        .second("a?")
                                        .second("b?")
                                        .second("a?")
                                        .record("a3")
                                        .second("a?"));

        assertThat(played.records()).containsExactly("a:a1,a2", "b:b1", "a:", "a:a3");
    }

    @Test
    void ofAllKeysIsSeenByTheBroadcastSide() {
        ValueStateDescriptor<String> last = new ValueStateDescriptor<>("last", String.class);
        KeyedBroadcastProcessFunction<Character, String, String, String> function =
                new KeyedBroadcastProcessFunction<>() {
                    @Override
                    public void processElement(
                            String word, ReadOnlyContext ctx, Collector<String> out)
                            throws Exception {
                        getRuntimeContext().getState(last).update(word);
                    }

                    @Override
                    public void processBroadcastElement(
                            String suffix, Context ctx, Collector<String> out) throws Exception {
                        List<String> all = new ArrayList<>();
                        ctx.applyToKeyedState(
                                last,
                                (key, state) -> {
                                    all.add(key + "=" + state.value());
                                    state.update(state.value() + suffix);
                                });
                        all.sort(null);
                        out.collect(String.join(" ", all));
                    }
                };

        Played played =
                OperatorHarness.ofTwo(
                                new OperatorSpec.KeyedBroadcastProcessSpec(
                                        BY_INITIAL, function, List.of()),
                                Types.STRING,
                                Types.STRING,
                                Types.STRING)
                        .keyedBy(BY_INITIAL, Types.CHAR)
                        .restoring()
                        .play(Script.of("ab", "b", "ac").second("+").record("c").second("-"));

        assertThat(played.records()).containsExactly("a=ac b=b", "a=ac+ b=b+ c=c");
    }

    @Test
    void cannotBeUsedWhereThereIsNoKey() {
        KeyedBroadcastProcessFunction<Character, String, String, String> function =
                new KeyedBroadcastProcessFunction<>() {
                    @Override
                    public void processElement(
                            String word, ReadOnlyContext ctx, Collector<String> out) {}

                    @Override
                    public void processBroadcastElement(
                            String word, Context ctx, Collector<String> out) throws Exception {
                        getRuntimeContext()
                                .getState(new ValueStateDescriptor<>("v", String.class))
                                .value();
                    }
                };

        assertThatThrownBy(
                        () ->
                                OperatorHarness.ofTwo(
                                                new OperatorSpec.KeyedBroadcastProcessSpec(
                                                        BY_INITIAL, function, List.of()),
                                                Types.STRING,
                                                Types.STRING,
                                                Types.STRING)
                                        .keyedBy(BY_INITIAL, Types.CHAR)
                                        .play(Script.of("a").second("b")))
                .hasMessageContaining("state 'v' of operator tested")
                .hasMessageContaining("no current key");
    }

    @Test
    void ofTwoKindsCannotHaveOneName() {
        KeyedProcessFunction<Character, String, String> function =
                new KeyedProcessFunction<>() {
                    @Override
                    public void processElement(String word, Context ctx, Collector<String> out) {
                        getRuntimeContext().getState(new ValueStateDescriptor<>("s", Types.LONG));
                        getRuntimeContext()
                                .getListState(new ListStateDescriptor<>("s", Types.LONG));
                    }
                };

        assertThatThrownBy(
                        () ->
                                harness(new OperatorSpec.KeyedProcessSpec(BY_INITIAL, function))
                                        .run(List.of("a")))
                .hasMessageContaining("'s'")
                .hasMessageContaining("VALUE")
                .hasMessageContaining("LIST");
    }

    @Test
    void ofAReduceIsRestored() {
        ReduceFunction<String> join = (a, b) -> a + b;

        assertThat(
                        harness(new OperatorSpec.KeyedReduceSpec(BY_INITIAL, join))
                                .run(List.of("a", "b", "a1", "b1", "a2")))
                .containsExactly("a", "b", "aa1", "bb1", "aa1a2");
    }

    /** Sums in place, in an array of its own. */
    private static final class Sum implements RunningFold<Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;

        private record State(Tuple2<String, Long> first, long[] sum) {}

        @Override
        public Tuple2<String, Long> reduce(Tuple2<String, Long> a, Tuple2<String, Long> b) {
            return Tuple2.of(a.f0, a.f1 + b.f1);
        }

        @Override
        public Object begin(Tuple2<String, Long> first) {
            return new State(first, new long[] {first.f1});
        }

        @Override
        public void add(Object state, Tuple2<String, Long> record) {
            ((State) state).sum[0] += record.f1;
        }

        @Override
        public Tuple2<String, Long> base(Object state) {
            return ((State) state).first;
        }

        @Override
        public Tuple2<String, Long> result(Object state, Tuple2<String, Long> base, boolean owned) {
            return Tuple2.of(base.f0, ((State) state).sum[0]);
        }
    }

    @Test
    void ofAFoldInPlaceIsRestored() {
        KeySelector<Tuple2<String, Long>, String> byWord = pair -> pair.f0;
        TypeInformation<Tuple2<String, Long>> type = Types.TUPLE(Types.STRING, Types.LONG);

        assertThat(
                        OperatorHarness.of(
                                        new OperatorSpec.KeyedReduceSpec(byWord, new Sum()),
                                        type,
                                        type)
                                .keyedBy(byWord, Types.STRING)
                                .restoring()
                                .run(
                                        List.of(
                                                Tuple2.of("a", 1L),
                                                Tuple2.of("b", 10L),
                                                Tuple2.of("a", 2L),
                                                Tuple2.of("b", 20L),
                                                Tuple2.of("a", 3L))))
                .containsExactly(
                        Tuple2.of("a", 1L),
                        Tuple2.of("b", 10L),
                        Tuple2.of("a", 3L),
                        Tuple2.of("b", 30L),
                        Tuple2.of("a", 6L));
    }
}
