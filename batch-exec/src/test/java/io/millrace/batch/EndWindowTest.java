package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Played;
import io.millrace.runtime.testing.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows of all records of a key that fire at the end of a batch job's input. */
class EndWindowTest {
    private static final TypeInformation<?> PAIR = Types.TUPLE(Types.STRING, Types.LONG);
    private static final KeySelector<Tuple2<String, Long>, String> BY_WORD = pair -> pair.f0;
    private static final WindowContents LISTING =
            new WindowContents.Aggregated(new Listing(), Listing.VALUES);
    // The order shows in the result.
    private static final WindowContents REDUCING =
            new WindowContents.Reduced(
                    (ReduceFunction<Tuple2<String, Long>>) EndWindowTest::inOrder);

    @TempDir Path directory;

    private Path spill() {
        return directory.resolve("spill");
    }

    static OperatorSpec.WindowSpec spec(
            WindowContents contents, ProcessWindowFunction<?, ?, ?, ?> function) {
        GlobalWindows windows = GlobalWindows.createWithEndOfStreamTrigger();
        return new OperatorSpec.WindowSpec(
                BY_WORD, windows, windows.getDefaultTrigger(), null, contents, function, 0, null);
    }

    private OperatorHarness harness(OperatorSpec.WindowSpec spec, String... options) {
        return OperatorHarness.of(spec, PAIR, PAIR)
                .keyedBy(BY_WORD)
                .batch(new BatchOperators(), spill())
                .with(options);
    }

    /** Which records have timestamps. */
    private enum Timed {
        NONE,
        ALL,
        LATER_ONES,
        SOME;

        boolean is(int record, int records) {
            return switch (this) {
                case NONE -> false;
                case ALL -> true;
                case LATER_ONES -> record > records / 3;
                case SOME -> record % 3 != 0;
            };
        }
    }

    /** A record of the input; without a timestamp it has the lowest one. */
    private record Timely(Tuple2<String, Long> pair, long timeMs) {}

    private static List<Timely> records(Timed timed, int records, int keys) {
        Random random = new Random(3);
        List<Timely> all = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            int key = (int) (keys * Math.pow(random.nextDouble(), 3));
            Tuple2<String, Long> pair = Tuple2.of("word" + "x".repeat(key % 20) + key, (long) i);
            long timeMs = random.nextInt(50);
            all.add(new Timely(pair, timed.is(i, records) ? timeMs : RecordChunk.NO_TIMESTAMP));
        }
        return all;
    }

    private static Script script(List<Timely> records) {
        Script script = new Script();
        records.forEach(record -> script.record(record.pair(), record.timeMs()));
        return script.watermark(7);
    }

    /** The records of each key by their timestamps, of equal ones as they came. */
    private static Collection<List<Tuple2<String, Long>>> sorted(List<Timely> records) {
        Map<String, List<Tuple2<String, Long>>> byKey = new TreeMap<>();
        records.stream()
                .sorted(Comparator.comparingLong(Timely::timeMs))
                .map(Timely::pair)
                .forEach(
                        pair -> byKey.computeIfAbsent(pair.f0, key -> new ArrayList<>()).add(pair));
        return byKey.values();
    }

    private static Tuple2<String, Long> listed(List<Tuple2<String, Long>> pairs) {
        Listing listing = new Listing();
        List<Long> numbers = listing.createAccumulator();
        pairs.forEach(pair -> listing.add(pair, numbers));
        return listing.getResult(numbers);
    }

    private static Tuple2<String, Long> inOrder(Tuple2<String, Long> a, Tuple2<String, Long> b) {
        return Tuple2.of(a.f0, a.f1 * 31 + b.f1);
    }

    private static Tuple2<String, Long> reduced(List<Tuple2<String, Long>> pairs) {
        return pairs.stream().reduce(EndWindowTest::inOrder).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void foldsTheRecordsOfEachKeyInTheOrderOfTime(Timed timed) {
        List<Timely> records = records(timed, 3_000, 700);
        Collection<List<Tuple2<String, Long>>> keys = sorted(records);
        for (String memory : List.of("64KB", "200KB", "64MB")) {
            for (boolean lists : new boolean[] {true, false}) {
                Played played =
                        harness(
                                        spec(lists ? LISTING : REDUCING, null),
                                        "batch.reduce-memory",
                                        memory)
                                .play(script(records));
                assertThat(played.records())
                        .as("%s in %s", timed, memory)
                        .containsExactlyInAnyOrderElementsOf(
                                keys.stream()
                                        .<Object>map(key -> lists ? listed(key) : reduced(key))
                                        .toList())
                        .hasSizeGreaterThan(400);
                assertThat(played.timestampsMs()).containsOnly(Long.MAX_VALUE);
                assertThat(played.watermarksMs()).containsExactly(7L);
            }
        }
        assertThat(spill()).doesNotExist();
    }

    @Test
    void tellsKeysOfOneHashApartWhateverTheirTimes() {
        Script script = new Script();
        for (long i = 0; i < 3_000; i++) {
            Tuple2<String, Long> pair = Tuple2.of(i % 3 == 0 ? "Aa" : "BB", i);
            if (i < 1_000) {
                script.record(pair);
            } else {
                script.record(pair, i % 7);
            }
        }

        assertThat(
                        harness(spec(LISTING, null), "batch.reduce-memory", "64KB")
                                .play(script)
                                .records())
                .extracting(result -> (Object) ((Tuple2<?, ?>) result).f0)
                .containsExactlyInAnyOrder("1000 numbers", "2000 numbers");
    }

    @Test
    void emitsNothingWithoutRecords() {
        assertThat(harness(spec(LISTING, null)).run(List.of())).isEmpty();
    }

    /** Has states, which are of one key and of one window. */
    private static final class Counting
            extends ProcessWindowFunction<
                    Tuple2<String, Long>, Tuple2<String, Long>, String, GlobalWindow> {
        private static final long serialVersionUID = 1L;
        private static final ValueStateDescriptor<Long> COUNT =
                new ValueStateDescriptor<>("count", Types.LONG);

        private static long next(ValueState<Long> state) throws Exception {
            state.update(state.value() == null ? 1 : state.value() + 1);
            return state.value();
        }

        @Override
        public void process(
                String key,
                Context context,
                Iterable<Tuple2<String, Long>> results,
                Collector<Tuple2<String, Long>> out)
                throws Exception {
            long times =
                    next(context.globalState().getState(COUNT))
                            * next(context.windowState().getState(COUNT));
            boolean ended = context.currentWatermark() == Long.MAX_VALUE;
            results.forEach(
                    result ->
                            out.collect(
                                    Tuple2.of(
                                            key + " " + times + " " + ended + " " + result.f0,
                                            context.window().maxTimestamp())));
        }
    }

    @ParameterizedTest
    @CsvSource({"64KB", "64MB"})
    void windowFunctionsHaveKeyWindowTimeAndStatesOfTheirOwn(String memory) {
        List<Tuple2<String, Long>> pairs = new ArrayList<>();
        for (long i = 0; i < 6_000; i++) {
            pairs.add(Tuple2.of("word" + i % 2_000, i));
        }

        assertThat(
                        harness(spec(LISTING, new Counting()), "batch.reduce-memory", memory)
                                .inAnyOrder(Comparator.comparing(Object::toString))
                                .run(pairs))
                .hasSize(2_000)
                .contains(Tuple2.of("word17 1 true 3 numbers", Long.MAX_VALUE))
                .allSatisfy(
                        pair ->
                                assertThat(((Tuple2<?, ?>) pair).f0.toString())
                                        .endsWith(" 1 true 3 numbers"));
    }

    /** Counts; the count of some is nothing, that of others a mistake. */
    private record Choosing(long none, long failing)
            implements AggregateFunction<Tuple2<String, Long>, Long, Tuple2<String, Long>> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Tuple2<String, Long> pair, Long count) {
            return count + pair.f1;
        }

        @Override
        public Tuple2<String, Long> getResult(Long sum) {
            if (sum == failing) {
                throw new IllegalArgumentException("no sum of " + sum);
            }
            return sum == none ? null : Tuple2.of("sum", sum);
        }

        @Override
        public Long merge(Long a, Long b) {
            throw new UnsupportedOperationException("merge");
        }
    }

    private static WindowContents choosing(long none, long failing) {
        return new WindowContents.Aggregated(new Choosing(none, failing), Types.LONG);
    }

    @Test
    void aResultThatIsNullIsNone() {
        assertThat(
                        harness(spec(choosing(2, -1), null))
                                .run(List.of(Tuple2.of("a", 2L), Tuple2.of("b", 3L))))
                .containsExactly(Tuple2.of("sum", 3L));
    }

    @Test
    void namesTheOperatorWhoseFunctionFails() {
        assertThatThrownBy(
                        () ->
                                harness(spec(choosing(-1, 5), null))
                                        .run(List.of(Tuple2.of("a", 2L), Tuple2.of("a", 3L))))
                .hasMessageContaining("USER_CODE_FAILED")
                .hasMessageContaining("tested")
                .hasMessageContaining("no sum of 5");
    }
}
