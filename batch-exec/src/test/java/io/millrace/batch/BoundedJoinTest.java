package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.BoundedJoinKind;
import io.millrace.api.graph.BoundedJoinWay;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Played;
import io.millrace.runtime.testing.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BoundedJoinTest {
    private static final TypeInformation<?> RECORD = Types.TUPLE(Types.STRING, Types.LONG);
    private static final KeySelector<Tuple2<String, Long>, String> KEY = record -> record.f0;
    private static final FlatJoinFunction<Object, Object, Object> PAIR =
            (first, second, out) -> out.collect(text(first, second));

    @TempDir Path directory;

    private static String text(Object first, Object second) {
        return first + " & " + second;
    }

    private static Tuple2<String, Long> record(String key, long number) {
        return Tuple2.of(key, number);
    }

    /** Keys with repetitions, some of them null or without a partner. */
    private static List<Tuple2<String, Long>> records(Random random, int count, int keys) {
        List<Tuple2<String, Long>> records = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            int key = random.nextInt(keys);
            records.add(record(key == 0 ? null : "key" + key, i));
        }
        return records;
    }

    private static List<String> byNestedLoops(
            BoundedJoinKind kind,
            List<Tuple2<String, Long>> firsts,
            List<Tuple2<String, Long>> seconds) {
        List<String> results = new ArrayList<>();
        boolean[] found = new boolean[seconds.size()];
        for (Tuple2<String, Long> first : firsts) {
            boolean matched = false;
            for (int i = 0; i < seconds.size(); i++) {
                Tuple2<String, Long> second = seconds.get(i);
                if (first.f0 != null && first.f0.equals(second.f0)) {
                    matched = true;
                    found[i] = true;
                    if (kind.hasPairs()) {
                        results.add(text(first, second));
                    }
                }
            }
            switch (kind) {
                case LEFT_OUTER, FULL_OUTER -> {
                    if (!matched) {
                        results.add(text(first, null));
                    }
                }
                case SEMI -> {
                    if (matched) {
                        results.add(first.toString());
                    }
                }
                case ANTI -> {
                    if (!matched) {
                        results.add(first.toString());
                    }
                }
                case INNER, RIGHT_OUTER -> {}
            }
        }
        if (kind.tellsOfSecond()) {
            for (int i = 0; i < found.length; i++) {
                if (!found[i]) {
                    results.add(text(null, seconds.get(i)));
                }
            }
        }
        Collections.sort(results);
        return results;
    }

    private OperatorHarness harness(BoundedJoinKind kind, BoundedJoinWay way, String memory) {
        return harness(kind, way, memory, PAIR);
    }

    private OperatorHarness harness(
            BoundedJoinKind kind,
            BoundedJoinWay way,
            String memory,
            FlatJoinFunction<Object, Object, Object> function) {
        return OperatorHarness.ofTwo(
                        new OperatorSpec.BoundedJoinSpec(
                                KEY, KEY, kind, way, kind.hasPairs() ? function : null),
                        RECORD,
                        RECORD,
                        null)
                .batch(new BatchOperators(), spill())
                .with("batch.reduce-memory", memory)
                .inAnyOrder(Comparator.comparing(Object::toString));
    }

    private Path spill() {
        return directory.resolve("spill");
    }

    /** The inputs mixed, as they come where edges are not stored. */
    private static Script mixed(
            Random random, List<Tuple2<String, Long>> firsts, List<Tuple2<String, Long>> seconds) {
        Script script = new Script();
        int first = 0;
        int second = 0;
        while (first < firsts.size() || second < seconds.size()) {
            boolean fromFirst =
                    second == seconds.size() || first < firsts.size() && random.nextInt(3) > 0;
            for (int i = random.nextInt(40); i >= 0; i--) {
                if (fromFirst && first < firsts.size()) {
                    script.record(firsts.get(first++));
                } else if (!fromFirst && second < seconds.size()) {
                    script.second(seconds.get(second++));
                }
            }
        }
        return script;
    }

    private static List<String> sorted(List<Object> results) {
        return results.stream().map(Object::toString).sorted().toList();
    }

    private void check(
            BoundedJoinKind kind,
            BoundedJoinWay way,
            String memory,
            List<Tuple2<String, Long>> firsts,
            List<Tuple2<String, Long>> seconds) {
        assertThat(
                        sorted(
                                harness(kind, way, memory)
                                        .play(mixed(new Random(5), firsts, seconds))
                                        .records()))
                .isEqualTo(byNestedLoops(kind, firsts, seconds));
        assertThat(spill()).doesNotExist();
    }

    static Stream<Arguments> kindsAndWays() {
        return Stream.of(BoundedJoinKind.values())
                .flatMap(
                        kind ->
                                Stream.of(BoundedJoinWay.values())
                                        .map(way -> Arguments.of(kind, way)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndWays")
    void givesWhatNestedLoopsGive(BoundedJoinKind kind, BoundedJoinWay way) {
        Random random = new Random(23);
        List<Tuple2<String, Long>> firsts = records(random, 1_200, 700);
        List<Tuple2<String, Long>> seconds = records(random, 1_000, 1_000);

        check(kind, way, "64KB", firsts, seconds);
        check(kind, way, "16MB", firsts, seconds);
    }

    @ParameterizedTest
    @MethodSource("kindsAndWays")
    void joinsNothingWithSomething(BoundedJoinKind kind, BoundedJoinWay way) {
        List<Tuple2<String, Long>> some = records(new Random(1), 50, 10);

        check(kind, way, "64KB", List.of(), some);
        check(kind, way, "64KB", some, List.of());
        check(kind, way, "64KB", List.of(), List.of());
    }

    @ParameterizedTest
    @MethodSource("kindsAndWays")
    void joinsMoreRecordsOfOneKeyThanFitIntoMemory(BoundedJoinKind kind, BoundedJoinWay way) {
        List<Tuple2<String, Long>> firsts = new ArrayList<>();
        List<Tuple2<String, Long>> seconds = new ArrayList<>();
        // One hash, two keys: they meet, and must not match.
        for (long i = 0; i < 40; i++) {
            firsts.add(record("Aa" + "-".repeat(2_000), i));
            seconds.add(record("Aa" + "-".repeat(2_000), i));
        }
        firsts.add(record("BB" + "-".repeat(2_000), 1));
        firsts.add(record("C#" + "-".repeat(2_000), 2));
        seconds.add(record("C#" + "-".repeat(2_000), 3));
        assertThat(("Aa" + "-".repeat(2_000)).hashCode())
                .isEqualTo(("BB" + "-".repeat(2_000)).hashCode())
                .isEqualTo(("C#" + "-".repeat(2_000)).hashCode());

        check(kind, way, "64KB", firsts, seconds);
    }

    @ParameterizedTest
    @EnumSource(BoundedJoinWay.class)
    void joinsAGiantRecordToo(BoundedJoinWay way) {
        // As long as a sort of a quarter of the memory takes.
        String giant = "g".repeat(50_000);
        List<Tuple2<String, Long>> firsts = records(new Random(3), 500, 300);
        List<Tuple2<String, Long>> seconds = records(new Random(4), 500, 300);
        firsts.add(record(giant, 1));
        seconds.add(0, record(giant, 2));

        check(BoundedJoinKind.FULL_OUTER, way, "1MB", firsts, seconds);
    }

    @ParameterizedTest
    @EnumSource(BoundedJoinWay.class)
    void saysWhichRecordIsTooLarge(BoundedJoinWay way) {
        Script script = Script.of(record("x".repeat(60_000), 1)).second(record("x", 1));

        assertThatThrownBy(() -> harness(BoundedJoinKind.FULL_OUTER, way, "64KB").play(script))
                .hasMessageContaining("RECORD_TOO_LARGE")
                .hasMessageContaining("batch.reduce-memory");
        assertThat(spill()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(BoundedJoinWay.class)
    void saysWhereItCannotWriteToDisk(BoundedJoinWay way) throws IOException {
        Files.createFile(spill());
        Script script =
                mixed(
                        new Random(1),
                        records(new Random(3), 3_000, 3_000),
                        records(new Random(4), 3_000, 3_000));

        assertThatThrownBy(() -> harness(BoundedJoinKind.INNER, way, "64KB").play(script))
                .hasMessageContaining("STORAGE_FAILED")
                .hasMessageContaining(spill().toString())
                .hasMessageContaining("batch.reduce-memory");
    }

    @ParameterizedTest
    @EnumSource(BoundedJoinWay.class)
    void leavesNoFilesWhenItFailsAmidstThem(BoundedJoinWay way) {
        String files = spill().toString();
        FlatJoinFunction<Object, Object, Object> failing =
                (first, second, out) -> {
                    if (((Tuple2<?, ?>) first).f0.equals("last")) {
                        throw new IllegalStateException(
                                "failed, spilled: " + Files.exists(Path.of(files)));
                    }
                };
        List<Tuple2<String, Long>> firsts = records(new Random(3), 3_000, 3_000);
        List<Tuple2<String, Long>> seconds = records(new Random(4), 3_000, 3_000);
        firsts.add(record("last", 1));
        seconds.add(record("last", 1));

        assertThatThrownBy(
                        () ->
                                harness(BoundedJoinKind.INNER, way, "64KB", failing)
                                        .play(mixed(new Random(1), firsts, seconds)))
                .hasMessageContaining("failed, spilled: true");
        assertThat(spill()).doesNotExist();
    }

    @Test
    void saysWhatTheFunctionThrows() {
        FlatJoinFunction<Object, Object, Object> failing =
                (first, second, out) -> {
                    throw new IllegalStateException("no such pair");
                };
        Script script = Script.of(record("a", 1)).second(record("a", 1));

        for (BoundedJoinWay way : BoundedJoinWay.values()) {
            assertThatThrownBy(
                            () -> harness(BoundedJoinKind.INNER, way, "64KB", failing).play(script))
                    .hasMessageContaining("tested")
                    .hasMessageContaining("no such pair");
        }
    }

    @Test
    void holdsTimeBackUntilAllIsOut() {
        Played played =
                harness(BoundedJoinKind.INNER, BoundedJoinWay.TABLE_OF_SECOND, "64KB")
                        .play(
                                Script.of(record("a", 1))
                                        .watermark(5)
                                        .second(record("a", 2))
                                        .watermark(1, 7));

        assertThat(played.watermarksMs()).containsExactly(5L);
        assertThat(played.timestampsMs()).containsExactly(Long.MIN_VALUE);
    }

    @Test
    void aFunctionMayChangeWhatItGets() {
        FlatJoinFunction<Object, Object, Object> changing =
                (first, second, out) -> {
                    Tuple2<?, Long> one = numbered(first);
                    Tuple2<?, Long> other = numbered(second);
                    out.collect(one.f1 + "+" + other.f1);
                    one.f1 += 100;
                    other.f1 += 100;
                };
        Script script = new Script();
        for (long i = 0; i < 2; i++) {
            script.second(record("a", 10 + i)).record(record("a", i));
        }

        for (BoundedJoinWay way : BoundedJoinWay.values()) {
            assertThat(harness(BoundedJoinKind.INNER, way, "64KB", changing).play(script).records())
                    .containsExactlyInAnyOrder("0+10", "0+11", "1+10", "1+11");
        }
    }

    @SuppressWarnings("unchecked")
    private static Tuple2<?, Long> numbered(Object record) {
        return (Tuple2<?, Long>) record;
    }
}
