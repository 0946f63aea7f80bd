package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.option.Config;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.testing.CollectSink;
import io.millrace.runtime.testing.Graphs;
import io.millrace.runtime.testing.LocalJob;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Played;
import io.millrace.runtime.testing.RangeSource;
import io.millrace.runtime.testing.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionFoldTest {
    private static final TypeInformation<?> PAIR = Types.TUPLE(Types.STRING, Types.LONG);
    private static final KeySelector<Tuple2<String, Long>, String> BY_WORD = pair -> pair.f0;
    private static final WindowContents LISTING =
            new WindowContents.Aggregated(new Listing(), Listing.VALUES);
    // The order shows in the result.
    private static final WindowContents REDUCING =
            new WindowContents.Reduced(
                    (ReduceFunction<Tuple2<String, Long>>)
                            (a, b) -> Tuple2.of(a.f0, a.f1 * 31 + b.f1));

    @TempDir Path directory;

    private Path spill() {
        return directory.resolve("spill");
    }

    private OperatorHarness harness(OperatorSpec spec, KeySelector<?, ?> key, String memory) {
        OperatorHarness harness =
                OperatorHarness.of(spec, PAIR, PAIR)
                        .batch(new BatchOperators(), spill())
                        .with("batch.reduce-memory", memory);
        return key == null ? harness : harness.keyedBy(key);
    }

    private OperatorHarness harness(WindowContents contents, KeySelector<?, ?> key, String memory) {
        return harness(new OperatorSpec.PartitionFoldSpec(contents, key), key, memory);
    }

    /** Some keys are frequent, most are not. */
    private static List<Tuple2<String, Long>> pairs(long seed, int records, int keys) {
        Random random = new Random(seed);
        List<Tuple2<String, Long>> pairs = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            int key = (int) (keys * Math.pow(random.nextDouble(), 3));
            pairs.add(Tuple2.of("word" + "x".repeat(key % 20) + key, random.nextLong()));
        }
        return pairs;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 6000, 2000",
        "2, 6000, 50",
        "3, 4000, 4000",
        "4, 8000, 1",
        "5, 1, 1",
        "6, 5000, 700"
    })
    void givesWhatTheSortedRecordsOfEachKeyGive(long seed, int records, int keys) {
        List<Tuple2<String, Long>> pairs = pairs(seed, records, keys);
        List<Object> sorted =
                harness(
                                new OperatorSpec.FullPartitionSpec(
                                        Listing.ofSorted(), BY_WORD, null, true),
                                BY_WORD,
                                "64KB")
                        .run(pairs);

        for (String memory : List.of("64KB", "200KB", "64MB")) {
            assertThat(harness(LISTING, BY_WORD, memory).run(pairs))
                    .as(memory)
                    .containsExactlyInAnyOrderElementsOf(sorted);
        }
        assertThat(spill()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"1, 6000, 2000", "2, 6000, 50", "3, 4000, 4000", "4, 3000, 1"})
    void reducesTheRecordsOfEachKeyInTheirOrder(long seed, int records, int keys) {
        List<Tuple2<String, Long>> pairs = pairs(seed, records, keys);
        List<Object> fromMemory = harness(REDUCING, BY_WORD, "64MB").run(pairs);

        assertThat(harness(REDUCING, BY_WORD, "64KB").run(pairs))
                .containsExactlyInAnyOrderElementsOf(fromMemory)
                .doesNotHaveDuplicates()
                .hasSize((int) pairs.stream().map(pair -> pair.f0).distinct().count());
    }

    @Test
    void aValueMayBeLargerThanTheMemory() {
        List<Tuple2<String, Long>> pairs = pairs(1, 40_000, 1);

        assertThat(harness(LISTING, BY_WORD, "64KB").run(pairs))
                .extracting(result -> (Object) ((Tuple2<?, ?>) result).f0)
                .containsExactly("40000 numbers");
    }

    @Test
    void tellsKeysOfOneHashApart() {
        List<Tuple2<String, Long>> pairs = new ArrayList<>();
        for (long i = 0; i < 3_000; i++) {
            pairs.add(Tuple2.of(i % 3 == 0 ? "Aa" : "BB", i));
        }

        assertThat(harness(LISTING, BY_WORD, "64KB").run(pairs))
                .extracting(result -> (Object) ((Tuple2<?, ?>) result).f0)
                .containsExactlyInAnyOrder("1000 numbers", "2000 numbers");
    }

    @Test
    void refusesANullKey() {
        KeySelector<Tuple2<String, Long>, String> none = pair -> null;

        assertThatThrownBy(
                        () ->
                                harness(
                                                new OperatorSpec.PartitionFoldSpec(LISTING, none),
                                                null,
                                                "64KB")
                                        .run(pairs(1, 3, 3)))
                .hasMessageContaining("tested")
                .hasMessageContaining("the key selector returned null");
    }

    @Test
    void aSubtaskWithoutRecordsHasAnAggregateButNoFold() {
        assertThat(harness(LISTING, null, "64KB").run(List.of()))
                .containsExactly(Tuple2.of("0 numbers", (long) List.of().hashCode()));
        assertThat(harness(REDUCING, null, "64KB").run(List.of())).isEmpty();
        assertThat(harness(LISTING, BY_WORD, "64KB").run(List.of())).isEmpty();
    }

    @Test
    void foldsTheRecordsOfASubtaskWithoutKeepingThem() {
        List<Tuple2<String, Long>> pairs = pairs(1, 5_000, 100);

        assertThat(harness(LISTING, null, "64KB").run(pairs))
                .extracting(result -> (Object) ((Tuple2<?, ?>) result).f0)
                .containsExactly("5000 numbers");
        assertThat(spill()).doesNotExist();
    }

    @Test
    void holdsTimeBackUntilItsResultsAreOut() {
        Played played =
                harness(LISTING, null, "64KB")
                        .play(Script.of(Tuple2.of("a", 1L)).watermark(5).watermark(9));

        assertThat(played.timestampsMs()).containsExactly(Long.MIN_VALUE);
        assertThat(played.watermarksMs()).containsExactly(9L);
    }

    static List<FaultPoint> points() {
        return FaultPoint.of(FaultPoint.Room.SPILL);
    }

    @AfterEach
    void clearFaults() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    @ParameterizedTest
    @MethodSource("points")
    void failsWithANameAndLeavesNoFilesWhereTheDiskIsFull(FaultPoint point) {
        System.setProperty(FaultPoint.CRASH_HOW, "fail");
        System.setProperty(FaultPoint.CRASH_AT, point.name());

        assertThatThrownBy(() -> harness(LISTING, BY_WORD, "64KB").run(pairs(1, 20_000, 4_000)))
                .hasMessageContaining("STORAGE_FAILED")
                .hasMessageContaining("tested")
                .hasMessageContaining(spill().toString());
        assertThat(spill()).doesNotExist();
    }

    /** Counts in an object that has no serial form, or in none at all. */
    private record Counting(boolean none)
            implements AggregateFunction<Tuple2<String, Long>, Thread, Tuple2<String, Long>> {
        @Override
        public Thread createAccumulator() {
            return none ? null : new Thread("");
        }

        @Override
        public Thread add(Tuple2<String, Long> pair, Thread thread) {
            if (thread != null) {
                thread.setName(thread.getName() + "|");
            }
            return thread;
        }

        @Override
        public Tuple2<String, Long> getResult(Thread thread) {
            return Tuple2.of("", thread == null ? -1L : thread.getName().length());
        }

        @Override
        public Thread merge(Thread a, Thread b) {
            throw new UnsupportedOperationException("merge");
        }
    }

    @Test
    void sortsWhereValuesHaveNoSerialForm() {
        List<Tuple2<String, Long>> pairs = pairs(1, 3_000, 400);
        WindowContents counting =
                new WindowContents.Aggregated(
                        new Counting(false), TypeInformation.of(Thread.class));

        assertThat(harness(counting, BY_WORD, "64KB").run(pairs))
                .hasSize((int) pairs.stream().map(pair -> pair.f0).distinct().count())
                .extracting(result -> (Long) ((Tuple2<?, ?>) result).f1)
                .satisfies(
                        counts ->
                                assertThat(counts.stream().mapToLong(n -> n).sum())
                                        .isEqualTo(3_000));
    }

    @Test
    void anAccumulatorMayBeNull() {
        List<Tuple2<String, Long>> pairs = pairs(1, 6_000, 3_000);
        WindowContents counting =
                new WindowContents.Aggregated(new Counting(true), Types.LIST(Types.LONG));

        assertThat(harness(counting, BY_WORD, "64KB").run(pairs))
                .hasSize((int) pairs.stream().map(pair -> pair.f0).distinct().count())
                .containsOnly(Tuple2.of("", -1L));
    }

    /** Gives one object again and again. */
    private static final class Reusing implements MapFunction<Long, Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;
        private final Tuple2<String, Long> pair = Tuple2.of("all", 0L);

        @Override
        public Tuple2<String, Long> map(Long number) {
            pair.f1 = number;
            return pair;
        }
    }

    /** Keeps the records themselves. */
    private static final class Keeping
            implements AggregateFunction<
                    Tuple2<String, Long>, List<Tuple2<String, Long>>, Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;

        @Override
        public List<Tuple2<String, Long>> createAccumulator() {
            return new ArrayList<>();
        }

        @Override
        public List<Tuple2<String, Long>> add(
                Tuple2<String, Long> pair, List<Tuple2<String, Long>> pairs) {
            pairs.add(pair);
            return pairs;
        }

        @Override
        public Tuple2<String, Long> getResult(List<Tuple2<String, Long>> pairs) {
            return Tuple2.of("sum", pairs.stream().mapToLong(pair -> pair.f1).sum());
        }

        @Override
        public List<Tuple2<String, Long>> merge(
                List<Tuple2<String, Long>> a, List<Tuple2<String, Long>> b) {
            throw new UnsupportedOperationException("merge");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BATCH", "STREAMING"})
    void keepsRecordsThatTheOperatorBeforeChanges(ExecutionMode mode) {
        CollectSink<Tuple2<String, Long>> sink = new CollectSink<>();
        StreamGraph graph =
                Graphs.in(mode)
                        .node(
                                "numbers",
                                new OperatorSpec.SourceSpec(
                                        new RangeSource<>(100, number -> number),
                                        WatermarkStrategy.noWatermarks()),
                                Types.LONG)
                        .node("reusing", new OperatorSpec.MapSpec(new Reusing()), PAIR)
                        .node(
                                "all",
                                new OperatorSpec.PartitionFoldSpec(
                                        new WindowContents.Aggregated(
                                                new Keeping(), Types.LIST(PAIR)),
                                        null),
                                PAIR)
                        .node("sink", new OperatorSpec.SinkSpec(sink), null)
                        .edge(1, 2, Partitioning.Kind.FORWARD)
                        .edge(2, 3, Partitioning.Kind.FORWARD)
                        .edge(3, 4, Partitioning.Kind.FORWARD)
                        .build();
        try (LocalJob job = new LocalJob(graph, new BatchOperators(), Config.empty())) {
            job.start().awaitFinished(30);
        }
        assertThat(sink.written()).containsExactly(Tuple2.of("sum", 4_950L));
    }
}
