package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.graph.OperatorSpec.IntervalJoinSpec;
import io.millrace.api.type.Types;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interval joins. A subclass says which back end holds the state. */
public abstract class IntervalJoinContract {
    private static final KeySelector<String, Character> BY_INITIAL = word -> word.charAt(0);
    private static final OutputTag<String> LATE_LEFT = new OutputTag<>("late left", Types.STRING);
    private static final OutputTag<String> LATE_RIGHT = new OutputTag<>("late right", Types.STRING);

    @TempDir private Path directory;

    /** Of the option {@code state.backend.type}. */
    protected abstract String backend();

    /** Of random streams, each followed by a restore in one of the ways they are run. */
    protected int steps() {
        return 150;
    }

    private OperatorHarness between(long lowerMs, long upperMs) {
        return OperatorHarness.ofTwo(
                        new IntervalJoinSpec(
                                BY_INITIAL,
                                BY_INITIAL,
                                new Pairs(),
                                lowerMs,
                                upperMs,
                                LATE_LEFT,
                                LATE_RIGHT),
                        Types.STRING,
                        Types.STRING,
                        Types.STRING)
                .keyedBy(BY_INITIAL, Types.CHAR)
                .secondKeyedBy(BY_INITIAL)
                .with("state.backend.type", backend())
                .spillingTo(directory.resolve("tasks"))
                .side(LATE_LEFT)
                .side(LATE_RIGHT);
    }

    /** Shows a pair and its times. */
    private static final class Pairs extends ProcessJoinFunction<String, String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(String left, String right, Context ctx, Collector<String> out) {
            assertThat(ctx.getTimestamp())
                    .isEqualTo(Math.max(ctx.getLeftTimestamp(), ctx.getRightTimestamp()));
            out.collect(
                    left
                            + "@"
                            + ctx.getLeftTimestamp()
                            + " "
                            + right
                            + "@"
                            + ctx.getRightTimestamp());
        }
    }

    @Test
    void joinsRecordsOfOneKeyWithinBothBounds() {
        Script script =
                new Script()
                        .record("a", 10)
                        .record("b", 10)
                        .second("a7", 7)
                        .second("a8", 8)
                        .second("a12", 12)
                        .second("a13", 13);

        Played played = between(-2, 2).play(script);

        assertThat(played.records()).containsExactly("a@10 a8@8", "a@10 a12@12");
        assertThat(played.timestampsMs()).containsExactly(10L, 12L);
    }

    @Test
    void joinsInTheOrderOfTimeWhicheverSideComesLast() {
        Script script =
                new Script()
                        .record("a3", 3)
                        .record("a1", 1)
                        .record("a2", 2)
                        .record("a2 again", 2)
                        .second("a", 2);

        assertThat(between(-5, 5).play(script).records())
                .containsExactly("a1@1 a@2", "a2@2 a@2", "a2 again@2 a@2", "a3@3 a@2");
    }

    @Test
    void sendsLateRecordsOfEachSideToItsOutput() {
        Script script =
                new Script()
                        .watermark(0, 20)
                        .watermark(1, 20)
                        .record("a19", 19)
                        .record("a20", 20)
                        .second("a18", 18)
                        .second("a21", 21);

        Played played = between(-5, 5).play(script);

        assertThat(played.records()).containsExactly("a20@20 a21@21");
        assertThat(played.sides())
                .isEqualTo(Map.of("late left", List.of("a19"), "late right", List.of("a18")));
    }

    @Test
    void keepsRecordsAsLongAsOthersMayJoinThem() {
        Script script =
                new Script()
                        .record("a", 10)
                        .watermark(0, 14)
                        .watermark(1, 14)
                        .second("a15", 15)
                        .watermark(0, 15)
                        .watermark(1, 15)
                        .second("a15 too late", 15);

        assertThat(between(1, 5).play(script).records()).containsExactly("a@10 a15@15");
    }

    @Test
    void joinsAllOfAKeyWhereTheBoundsAreThoseOfTime() {
        Script script =
                new Script()
                        .record("a5", 5)
                        .watermark(0, 0)
                        .watermark(1, 0)
                        .second("a", Long.MAX_VALUE)
                        .record("a6", 6);

        assertThat(between(Long.MIN_VALUE, Long.MAX_VALUE).play(script).records())
                .containsExactly("a5@5 a@" + Long.MAX_VALUE, "a6@6 a@" + Long.MAX_VALUE);
    }

    @Test
    void joinsNothingWhereTheLowerBoundIsAboveTheUpperOne() {
        Script script = new Script().record("a", 10).second("a", 10).second("a", 11);

        assertThat(between(1, 0).play(script).records()).isEmpty();
    }

    @Test
    void refusesARecordWithoutATimestamp() {
        assertThatThrownBy(() -> between(-1, 1).play(new Script().record("a")))
                .hasMessageContaining("RECORD_WITHOUT_TIMESTAMP")
                .hasMessageContaining("assignTimestampsAndWatermarks");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesWhatAPlainFoldGivesAndTheSameAfterARestore(long seed) {
        Random random = new Random(seed);
        long lower = random.nextInt(21) - 15;
        long upper = lower + random.nextInt(20);
        Script script = new Script();
        Plain plain = new Plain(lower, upper);
        long watermark = 0;
        for (int i = 0; i < steps(); i++) {
            int input = random.nextInt(2);
            long time = watermark + random.nextInt(40) - 6;
            String word = (char) ('a' + random.nextInt(3)) + "" + i;
            script.record(input, word, time);
            plain.record(input, word, time);
            if (random.nextInt(8) == 0) {
                watermark += random.nextInt(12);
                script.watermark(0, watermark).watermark(1, watermark);
                plain.watermarkMs = watermark;
            }
        }

        Played played = between(lower, upper).restoring().play(script);

        assertThat(played.records()).containsExactlyElementsOf(plain.results);
        assertThat(played.sides().get("late left")).containsExactlyElementsOf(plain.late.get(0));
        assertThat(played.sides().get("late right")).containsExactlyElementsOf(plain.late.get(1));
    }

    /** What an interval join means: looks at all records that there were. */
    private static final class Plain {
        private final long lower;
        private final long upper;
        private final List<List<Stamped>> seen = List.of(new ArrayList<>(), new ArrayList<>());
        private final List<List<String>> late = List.of(new ArrayList<>(), new ArrayList<>());
        private final List<String> results = new ArrayList<>();
        private long watermarkMs = Long.MIN_VALUE;

        private record Stamped(String word, long timeMs) {
            @Override
            public String toString() {
                return word + "@" + timeMs;
            }
        }

        Plain(long lower, long upper) {
            this.lower = lower;
            this.upper = upper;
        }

        void record(int input, String word, long timeMs) {
            if (timeMs < watermarkMs) {
                late.get(input).add(word);
                return;
            }
            Stamped record = new Stamped(word, timeMs);
            seen.get(input).add(record);
            seen.get(1 - input).stream()
                    .filter(other -> other.word.charAt(0) == word.charAt(0))
                    .filter(other -> isKept(1 - input, other.timeMs))
                    .sorted(java.util.Comparator.comparingLong(Stamped::timeMs))
                    .forEach(
                            other -> {
                                Stamped left = input == 0 ? record : other;
                                Stamped right = input == 0 ? other : record;
                                long apart = right.timeMs - left.timeMs;
                                if (apart >= lower && apart <= upper) {
                                    results.add(left + " " + right);
                                }
                            });
        }

        private boolean isKept(int input, long timeMs) {
            long keptMs = Math.max(1, input == 0 ? upper : -lower);
            return timeMs + keptMs > watermarkMs;
        }
    }
}
