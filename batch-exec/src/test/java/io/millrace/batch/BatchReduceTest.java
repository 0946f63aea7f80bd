package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.testing.CollectSink;
import io.millrace.runtime.testing.Graphs;
import io.millrace.runtime.testing.LocalJob;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.RangeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchReduceTest {
    private static final TypeInformation<?> PAIR = Types.TUPLE(Types.STRING, Types.LONG);
    private static final KeySelector<Tuple2<String, Long>, String> BY_WORD = pair -> pair.f0;
    private static final ReduceFunction<Tuple2<String, Long>> SUM =
            (a, b) -> Tuple2.of(a.f0, a.f1 + b.f1);
    private static final ReduceFunction<Tuple2<String, String>> JOIN =
            (a, b) -> Tuple2.of(a.f0, a.f1 + b.f1);
    private static final KeySelector<Tuple2<String, String>, String> BY_FIRST = pair -> pair.f0;

    @TempDir Path directory;

    private static List<Tuple2<String, Long>> words(int records, int keys) {
        List<Tuple2<String, Long>> words = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            words.add(Tuple2.of("word" + i % keys, 1L));
        }
        return words;
    }

    @Test
    void emitsEachKeyOnceAtTheEnd() {
        List<Object> emitted =
                OperatorHarness.of(new OperatorSpec.KeyedReduceSpec(BY_WORD, SUM), PAIR, PAIR)
                        .keyedBy(BY_WORD)
                        .batch(new BatchOperators(), directory)
                        .run(words(1_000, 3));

        assertThat(emitted)
                .containsExactlyInAnyOrder(
                        Tuple2.of("word0", 334L),
                        Tuple2.of("word1", 333L),
                        Tuple2.of("word2", 333L));
    }

    @Test
    void givesTheSameFromDiskAsFromMemoryAndLeavesNothingThere() throws IOException {
        List<Object> emitted =
                OperatorHarness.of(new OperatorSpec.KeyedReduceSpec(BY_WORD, SUM), PAIR, PAIR)
                        .keyedBy(BY_WORD)
                        .batch(new BatchOperators(), directory.resolve("spilled"))
                        .with("batch.reduce-memory", "64kb")
                        .run(words(3_000, 1_000));

        assertThat(emitted).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(emitted).allSatisfy(pair -> assertThat(((Tuple2<?, ?>) pair).f1).isEqualTo(3L));
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void mergesMoreRunsThanItReadsAtOnce() {
        int keys = 30_000;

        List<Object> emitted =
                OperatorHarness.of(new OperatorSpec.KeyedReduceSpec(BY_WORD, SUM), PAIR, PAIR)
                        .keyedBy(BY_WORD)
                        .batch(new BatchOperators(), directory)
                        .with("batch.reduce-memory", "64kb")
                        .run(words(2 * keys, keys));

        assertThat(emitted).hasSize(keys).doesNotHaveDuplicates();
        assertThat(emitted).allSatisfy(pair -> assertThat(((Tuple2<?, ?>) pair).f1).isEqualTo(2L));
    }

    @Test
    void keepsTheOrderOfAKeysRecords() {
        List<Tuple2<String, String>> letters = new ArrayList<>();
        for (int i = 0; i < 26 * 40; i++) {
            letters.add(Tuple2.of("key" + i % 40, String.valueOf((char) ('a' + i / 40))));
        }

        List<Object> emitted =
                OperatorHarness.of(
                                new OperatorSpec.KeyedReduceSpec(BY_FIRST, JOIN),
                                Types.TUPLE(Types.STRING, Types.STRING),
                                Types.TUPLE(Types.STRING, Types.STRING))
                        .keyedBy(BY_FIRST)
                        .batch(new BatchOperators(), directory)
                        .with("batch.reduce-memory", "64kb")
                        .run(letters);

        assertThat(emitted)
                .hasSize(40)
                .allSatisfy(
                        pair ->
                                assertThat(((Tuple2<?, ?>) pair).f1)
                                        .isEqualTo("abcdefghijklmnopqrstuvwxyz"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4", "32768"})
    void combinesAndReducesWhateverTheTableHolds(String combineKeys) {
        Map<Long, Long> sums = sumsByRest(combineKeys, "1mb");

        assertThat(sums.values().stream().mapToLong(n -> n).sum()).isEqualTo(10_000L * 9_999 / 2);
        assertThat(sums).hasSize(2);
    }

    /** The sum's own key is another than that of what it is made of. */
    private Map<Long, Long> sumsByRest(String combineKeys, String memory) {
        KeySelector<Long, Long> byRest = number -> number % 2;
        ReduceFunction<Long> sum = Long::sum;
        CollectSink<Long> sink = new CollectSink<>();
        StreamGraph graph =
                Graphs.in(ExecutionMode.BATCH)
                        .with("execution.batch-shuffle-mode", "ALL_EXCHANGES_PIPELINED")
                        .with("batch.combine-keys", combineKeys)
                        .with("batch.reduce-memory", memory)
                        .parallelism(2)
                        .node(
                                "numbers",
                                new OperatorSpec.SourceSpec(
                                        new RangeSource<>(10_000, number -> number),
                                        WatermarkStrategy.noWatermarks()),
                                Types.LONG)
                        .node("sum", new OperatorSpec.KeyedReduceSpec(byRest, sum), Types.LONG)
                        .node("sink", new OperatorSpec.SinkSpec(sink), null)
                        .edge(1, 2, new Partitioning.ByKey(byRest))
                        .edge(2, 3, Partitioning.Kind.FORWARD)
                        .build();
        try (LocalJob job = new LocalJob(graph, new BatchOperators(), Config.empty())) {
            job.start().awaitFinished(30);
        }
        Map<Long, Long> sums = new TreeMap<>();
        sink.written().forEach(number -> sums.merge(number, number, (a, b) -> a + b));
        return sums;
    }
}
