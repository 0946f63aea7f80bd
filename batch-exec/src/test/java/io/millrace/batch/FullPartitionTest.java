package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Played;
import io.millrace.runtime.testing.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullPartitionTest {
    private static final TypeInformation<?> PAIR = Types.TUPLE(Types.STRING, Types.LONG);
    private static final KeySelector<Tuple2<String, Long>, String> BY_WORD = pair -> pair.f0;
    private static final KeySelector<Tuple2<String, Long>, Long> BY_NUMBER = pair -> pair.f1;
    private static final MapPartitionFunction<Object, Object> ALL =
            (values, out) -> values.forEach(out::collect);
    private static final MapPartitionFunction<Object, Object> COUNT =
            (values, out) -> {
                long count = 0;
                for (Object unused : values) {
                    count++;
                }
                out.collect(Tuple2.of("count", count));
            };

    @TempDir Path directory;

    private OperatorHarness harness(OperatorSpec.FullPartitionSpec spec) {
        OperatorHarness harness =
                OperatorHarness.of(spec, PAIR, PAIR).batch(new BatchOperators(), directory);
        return spec.keySelector() == null ? harness : harness.keyedBy(spec.keySelector());
    }

    private static List<Tuple2<String, Long>> pairs(int records, int words) {
        List<Tuple2<String, Long>> pairs = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            pairs.add(Tuple2.of("word" + i % words, (long) i));
        }
        return pairs;
    }

    @ParameterizedTest
    @ValueSource(strings = {"64KB", "64MB"})
    void givesTheWholePartitionInTheOrderInWhichItCame(String memory) {
        List<Tuple2<String, Long>> pairs = pairs(5_000, 7);

        assertThat(
                        harness(new OperatorSpec.FullPartitionSpec(ALL, null, null, true))
                                .with("batch.reduce-memory", memory)
                                .run(pairs))
                .isEqualTo(pairs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64KB", "64MB"})
    void sortsAPartition(String memory) {
        List<Tuple2<String, Long>> pairs = pairs(5_000, 7);
        List<Tuple2<String, Long>> shuffled = new ArrayList<>(pairs);
        Collections.shuffle(shuffled, new Random(1));
        Collections.reverse(pairs);

        assertThat(
                        harness(new OperatorSpec.FullPartitionSpec(ALL, null, BY_NUMBER, false))
                                .with("batch.reduce-memory", memory)
                                .run(shuffled))
                .isEqualTo(pairs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64KB", "64MB"})
    void givesTheRecordsOfEachKeyTogetherAndSorted(String memory) {
        List<Tuple2<String, Long>> shuffled = pairs(5_000, 300);
        Collections.shuffle(shuffled, new Random(2));

        List<Object> emitted =
                harness(new OperatorSpec.FullPartitionSpec(ALL, BY_WORD, BY_NUMBER, true))
                        .with("batch.reduce-memory", memory)
                        .run(shuffled);

        assertThat(emitted).hasSize(5_000);
        TreeMap<String, List<Long>> byWord = new TreeMap<>();
        String before = null;
        for (Object one : emitted) {
            Tuple2<?, ?> pair = (Tuple2<?, ?>) one;
            String word = (String) pair.f0;
            assertThat(word.equals(before) || !byWord.containsKey(word)).isTrue();
            byWord.computeIfAbsent(word, unused -> new ArrayList<>()).add((Long) pair.f1);
            before = word;
        }
        assertThat(byWord).hasSize(300);
        byWord.values()
                .forEach(
                        numbers ->
                                assertThat(numbers).isEqualTo(List.copyOf(new TreeSet<>(numbers))));
    }

    @Test
    void tellsKeysOfOneHashApart() {
        List<Tuple2<String, Long>> pairs = new ArrayList<>();
        for (long i = 0; i < 20; i++) {
            pairs.add(Tuple2.of(i % 2 == 0 ? "Aa" : "BB", i));
        }
        assertThat("Aa").hasSameHashCodeAs("BB");

        assertThat(
                        harness(new OperatorSpec.FullPartitionSpec(COUNT, BY_WORD, null, true))
                                .run(pairs))
                .containsExactly(Tuple2.of("count", 10L), Tuple2.of("count", 10L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64KB", "64MB"})
    void keepsTheRecordsOfAKeyTogetherWhateverItsClass(String memory) {
        // "Aa" and "BB" have one hash, and so have lists of them.
        KeySelector<Tuple2<String, Long>, Object> list = pair -> List.of(pair.f0, "x");
        List<Tuple2<String, Long>> pairs = new ArrayList<>();
        for (long i = 0; i < 4_000; i++) {
            pairs.add(Tuple2.of(i % 2 == 0 ? "Aa" : "BB", i * 7919 % 4_000));
        }

        List<Object> emitted =
                harness(new OperatorSpec.FullPartitionSpec(ALL, list, BY_NUMBER, false))
                        .with("batch.reduce-memory", memory)
                        .run(pairs);

        for (List<Object> half :
                List.of(emitted.subList(0, 2_000), emitted.subList(2_000, 4_000))) {
            assertThat(half.stream().map(one -> ((Tuple2<?, ?>) one).f0).distinct()).hasSize(1);
            List<Long> numbers = half.stream().map(one -> (Long) ((Tuple2<?, ?>) one).f1).toList();
            List<Long> falling = new ArrayList<>(numbers);
            falling.sort(Collections.reverseOrder());
            assertThat(numbers).isEqualTo(falling);
        }
    }

    @Test
    void callsTheFunctionForAnEmptySubtaskButForNoKeyThatIsNotThere() {
        assertThat(
                        harness(new OperatorSpec.FullPartitionSpec(COUNT, null, null, true))
                                .run(List.of()))
                .containsExactly(Tuple2.of("count", 0L));
        assertThat(
                        harness(new OperatorSpec.FullPartitionSpec(COUNT, BY_WORD, null, true))
                                .run(List.of()))
                .isEmpty();
    }

    @Test
    void skipsWhatAFunctionDoesNotRead() {
        MapPartitionFunction<Object, Object> first =
                (values, out) -> out.collect(values.iterator().next());

        assertThat(
                        harness(new OperatorSpec.FullPartitionSpec(first, BY_WORD, BY_NUMBER, true))
                                .run(pairs(100, 3)))
                .containsExactlyInAnyOrder(
                        Tuple2.of("word0", 0L), Tuple2.of("word1", 1L), Tuple2.of("word2", 2L));
    }

    @Test
    void holdsTimeBackUntilItsResultsAreOut() {
        Played played =
                harness(new OperatorSpec.FullPartitionSpec(COUNT, null, null, true))
                        .play(Script.of(Tuple2.of("a", 1L)).watermark(5).watermark(9));

        assertThat(played.timestampsMs()).containsExactly(Long.MIN_VALUE);
        assertThat(played.watermarksMs()).containsExactly(9L);
    }

    @Test
    void canBeWalkedOverOnce() {
        MapPartitionFunction<Object, Object> twice =
                (values, out) -> {
                    values.forEach(out::collect);
                    values.forEach(out::collect);
                };

        assertThatThrownBy(
                        () ->
                                harness(new OperatorSpec.FullPartitionSpec(twice, null, null, true))
                                        .run(pairs(3, 1)))
                .hasMessageContaining("tested")
                .hasMessageContaining("TraversableOnce");
    }

    @Test
    void refusesToSortByWhatHasNoOrder() {
        KeySelector<Tuple2<String, Long>, Object> itself = pair -> pair;

        assertThatThrownBy(
                        () ->
                                harness(new OperatorSpec.FullPartitionSpec(ALL, null, itself, true))
                                        .run(pairs(3, 1)))
                .hasMessageContaining("tested")
                .hasMessageContaining("Tuple2");
    }

    @Test
    void putsOnDiskWhatExceedsItsMemoryAndLeavesNoFiles() {
        String spill = directory.resolve("spill").toString();
        MapPartitionFunction<Object, Object> files =
                (values, out) -> {
                    try (Stream<Path> runs = Files.list(Path.of(spill))) {
                        out.collect(Tuple2.of("some files", runs.count() > 1 ? 1L : 0L));
                    }
                };

        assertThat(
                        OperatorHarness.of(
                                        new OperatorSpec.FullPartitionSpec(files, null, null, true),
                                        PAIR,
                                        PAIR)
                                .batch(new BatchOperators(), Path.of(spill))
                                .with("batch.reduce-memory", "64KB")
                                .run(pairs(5_000, 7)))
                .containsExactly(Tuple2.of("some files", 1L));
        assertThat(Path.of(spill)).doesNotExist();
    }
}
