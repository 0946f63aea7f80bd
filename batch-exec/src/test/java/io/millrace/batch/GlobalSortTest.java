package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Played;
import io.millrace.runtime.testing.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operators of a global sort, one at a time. */
class GlobalSortTest {
    private static final TypeInformation<?> PAIR = Types.TUPLE(Types.STRING, Types.LONG);
    private static final KeySelector<Tuple2<String, Long>, Long> BY_NUMBER = pair -> pair.f1;

    @TempDir Path directory;

    private OperatorHarness harness(
            OperatorSpec spec, TypeInformation<?> in, TypeInformation<?> out) {
        return OperatorHarness.of(spec, in, out).batch(new BatchOperators(), spill());
    }

    private Path spill() {
        return directory.resolve("spill");
    }

    private static List<Tuple2<String, Long>> shuffled(int count) {
        List<Tuple2<String, Long>> pairs = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            pairs.add(Tuple2.of("record " + i, i));
        }
        Collections.shuffle(pairs, new Random(3));
        return pairs;
    }

    // ---- the sort

    @ParameterizedTest
    @ValueSource(strings = {"64KB", "64MB"})
    void sortsItsRecordsAndLeavesNoFiles(String memory) {
        List<Object> emitted =
                harness(new OperatorSpec.GlobalSortSpec(BY_NUMBER, null, false), PAIR, PAIR)
                        .with("batch.reduce-memory", memory)
                        .run(shuffled(5_000));

        List<Tuple2<String, Long>> expected = shuffled(5_000);
        expected.sort((a, b) -> Long.compare(b.f1, a.f1));
        assertThat(emitted).isEqualTo(expected);
        assertThat(spill()).doesNotExist();
    }

    @Test
    void givesNothingForNothing() {
        assertThat(
                        harness(new OperatorSpec.GlobalSortSpec(BY_NUMBER, null, true), PAIR, PAIR)
                                .run(List.of()))
                .isEmpty();
    }

    @Test
    void holdsTimeBackUntilAllIsOut() {
        Played played =
                harness(new OperatorSpec.GlobalSortSpec(BY_NUMBER, null, true), PAIR, PAIR)
                        .play(Script.of(Tuple2.of("a", 1L)).watermark(5).watermark(9));

        assertThat(played.watermarksMs()).containsExactly(9L);
    }

    @Test
    void saysThatAKeyIsNull() {
        KeySelector<Tuple2<String, Long>, Object> none = pair -> null;

        assertThatThrownBy(
                        () ->
                                harness(
                                                new OperatorSpec.GlobalSortSpec(none, null, true),
                                                PAIR,
                                                PAIR)
                                        .run(shuffled(2)))
                .hasMessageContaining("the key selector of a sort returned null");
    }

    @Test
    void saysWhichRecordIsTooLarge() {
        assertThatThrownBy(
                        () ->
                                harness(
                                                new OperatorSpec.GlobalSortSpec(
                                                        BY_NUMBER, null, true),
                                                PAIR,
                                                PAIR)
                                        .with("batch.reduce-memory", "64KB")
                                        .run(List.of(Tuple2.of("x".repeat(50_000), 1L))))
                .hasMessageContaining("RECORD_TOO_LARGE")
                .hasMessageContaining("batch.reduce-memory");
    }

    @Test
    void declinesASavepoint() {
        assertThatThrownBy(
                        () ->
                                OperatorHarness.of(
                                                new OperatorSpec.GlobalSortSpec(
                                                        BY_NUMBER, null, true),
                                                PAIR,
                                                PAIR)
                                        .catalogue(new BatchOperators())
                                        .spillingTo(spill())
                                        .restoring()
                                        .run(shuffled(2)))
                .hasMessageContaining("CHECKPOINT_DECLINED")
                .hasMessageContaining("keeps records that no checkpoint or savepoint has");
    }

    // ---- the sample

    private List<Tuple2<Double, Object>> sample(int keys, List<Tuple2<String, Long>> records) {
        return harness(new OperatorSpec.SortSampleSpec(BY_NUMBER, keys), PAIR, null)
                .run(records)
                .stream()
                .map(
                        one -> {
                            Tuple2<?, ?> drawn = (Tuple2<?, ?>) one;
                            return Tuple2.of((Double) drawn.f0, (Object) drawn.f1);
                        })
                .collect(Collectors.toList());
    }

    @Test
    void drawsAllKeysOfFewRecords() {
        assertThat(sample(100, shuffled(50)))
                .hasSize(50)
                .allMatch(drawn -> drawn.f0 == 1.0)
                .extracting(drawn -> drawn.f1)
                .doesNotHaveDuplicates();
    }

    @Test
    void drawsKeysFromEverywhere() {
        List<Tuple2<String, Long>> ascending = shuffled(20_000);
        ascending.sort((a, b) -> Long.compare(a.f1, b.f1));

        List<Tuple2<Double, Object>> drawn = sample(400, ascending);

        assertThat(drawn).hasSize(400).allMatch(one -> one.f0 == 50.0);
        for (long from = 0; from < 20_000; from += 2_000) {
            long first = from;
            long inside =
                    drawn.stream()
                            .filter(one -> (Long) one.f1 >= first && (Long) one.f1 < first + 2_000)
                            .count();
            assertThat(inside).isBetween(15L, 75L); // 40 and four times the deviation
        }
    }

    @Test
    void drawsTheBeginningOfALongText() {
        KeySelector<Tuple2<String, Long>, String> byText = pair -> pair.f0;

        assertThat(
                        harness(new OperatorSpec.SortSampleSpec(byText, 10), PAIR, null)
                                .run(List.of(Tuple2.of("y".repeat(1_000), 1L))))
                .containsExactly(Tuple2.of(1.0, "y".repeat(64)));
    }

    // ---- the ranges

    private List<Object> ranges(int count, List<Tuple2<Double, Object>> sample) {
        return harness(new OperatorSpec.SortRangesSpec(null, true, count), null, null).run(sample);
    }

    @Test
    void dividesEvenly() {
        List<Tuple2<Double, Object>> sample = new ArrayList<>();
        for (long i = 0; i < 1_000; i++) {
            sample.add(Tuple2.of(1.0, i * 7919 % 1_000));
        }

        assertThat(ranges(4, sample)).containsExactly(250L, 500L, 750L);
    }

    @Test
    void weighsSubtasksByTheirRecords() {
        List<Tuple2<Double, Object>> sample = new ArrayList<>();
        for (long i = 0; i < 100; i++) {
            sample.add(Tuple2.of(9.0, i));
            sample.add(Tuple2.of(1.0, 100 + i));
        }

        assertThat(ranges(2, sample)).containsExactly(56L);
    }

    @Test
    void givesAKeyOfManyRecordsARangeForItself() {
        List<Tuple2<Double, Object>> sample = new ArrayList<>();
        for (long i = 0; i < 100; i++) {
            sample.add(Tuple2.of(1.0, i));
            sample.add(Tuple2.of(8.0, 50L));
        }

        assertThat(ranges(4, sample)).contains(50L, 51L).hasSizeLessThanOrEqualTo(3);
        assertThat(ranges(4, List.of(Tuple2.of(5.0, "same"), Tuple2.of(5.0, "same")))).isEmpty();
        assertThat(ranges(4, List.of())).isEmpty();
    }

    // ---- dealing

    private static Script dealing(boolean rangesFirst, int records) {
        Script script = new Script();
        if (rangesFirst) {
            script.second(100L).second(200L);
        }
        for (long i = 0; i < records; i++) {
            script.record(Tuple2.of("record", i * 7919 % records));
        }
        if (!rangesFirst) {
            script.second(100L).second(200L);
        }
        return script;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dealsByRangeWhateverComesFirst(boolean rangesFirst) {
        List<Object> dealt =
                OperatorHarness.ofTwo(
                                new OperatorSpec.SortDealSpec(BY_NUMBER, null, true, 3),
                                PAIR,
                                Types.LONG,
                                PAIR)
                        .batch(new BatchOperators(), spill())
                        .with("batch.reduce-memory", "64KB")
                        .play(dealing(rangesFirst, 3_000))
                        .records();

        assertThat(dealt).hasSize(3_003);
        for (Object one : dealt.subList(0, 3_000)) {
            DealtRecord record = (DealtRecord) one;
            long number = (Long) ((Tuple2<?, ?>) record.record()).f1;
            assertThat(record.range()).isEqualTo(number < 100 ? 0 : number < 200 ? 1 : 2);
        }
        assertThat(dealt.subList(3_000, 3_003))
                .extracting(one -> ((DealtRecord) one).range())
                .containsExactly(0, 1, 2);
        assertThat(spill()).doesNotExist();
    }

    @Test
    void refusesRecordsThatWereDealtByDifferentRanges() {
        OperatorHarness sort =
                harness(new OperatorSpec.GlobalSortSpec(BY_NUMBER, null, true), PAIR, PAIR);
        DealtRecord one = new DealtRecord(0, new DealtEnd(1));

        assertThat(sort.run(List.of(one, new DealtRecord(0, new DealtEnd(1))))).isEmpty();
        assertThatThrownBy(() -> sort.run(List.of(one, new DealtRecord(0, new DealtEnd(2)))))
                .hasMessageContaining("EXCHANGE_FAILED")
                .hasMessageContaining("Run the job again");
    }
}
