package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.time.AscendingTimestampExtractor;
import io.millrace.api.time.AssignerStrategy;
import io.millrace.api.time.AssignerWithPunctuatedWatermarks;
import io.millrace.api.time.Watermark;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // the older assigners are tested, too
class TimestampsOperatorTest {
    private static OperatorHarness harness() {
        return OperatorHarness.of(
                new OperatorSpec.TimestampsSpec(
                        WatermarkStrategy.<Long>forMonotonousTimestamps()
                                .withTimestampAssigner((number, before) -> number)),
                Types.LONG,
                Types.LONG);
    }

    @Test
    void stampsRecordsAndMakesWatermarksAtIntervals() {
        Played played =
                harness().play(Script.of(5L, 9L).passMs(200).record(3L).passMs(200).record(20L));

        assertThat(played.timestampsMs()).containsExactly(5L, 9L, 3L, 20L);
        assertThat(played.watermarksMs()).containsExactly(8L);
    }

    @Test
    void timeThatComesInEndsHere() {
        Played played = harness().play(Script.of(5L).watermark(1000).passMs(200));

        assertThat(played.watermarksMs()).containsExactly(4L);
    }

    @Test
    void idlenessThatComesInEndsHere() {
        Played played =
                harness()
                        .play(Script.of(5L).passMs(200).idle(0).passMs(200).record(9L).passMs(200));

        assertThat(played.watermarksMs()).containsExactly(4L, 8L);
    }

    @Test
    void emitsWatermarksOnlyForRecordsThatCarryThem() {
        OperatorHarness punctuated =
                OperatorHarness.of(
                        new OperatorSpec.TimestampsSpec(new AssignerStrategy<>(new EvenNumbers())),
                        Types.LONG,
                        Types.LONG);

        Played played = punctuated.play(Script.of(3L, 8L, 7L, 2L, 10L).passMs(200));

        assertThat(played.timestampsMs()).containsExactly(3L, 8L, 7L, 2L, 10L);
        assertThat(played.watermarksMs()).containsExactly(8L, 10L);
    }

    /** Even numbers are watermarks. */
    private static final class EvenNumbers implements AssignerWithPunctuatedWatermarks<Long> {
        @Override
        public long extractTimestamp(Long element, long recordTimestamp) {
            return element;
        }

        @Override
        public Watermark checkAndGetNextWatermark(Long lastElement, long extractedTimestamp) {
            return lastElement % 2 == 0 ? new Watermark(lastElement) : null;
        }
    }

    @Test
    void asksAPeriodicAssignerAtIntervals() {
        OperatorHarness periodic =
                OperatorHarness.of(
                        new OperatorSpec.TimestampsSpec(new AssignerStrategy<>(new Ascending())),
                        Types.LONG,
                        Types.LONG);

        Played played = periodic.play(Script.of(3L, 8L).passMs(200).record(7L).record(11L));

        assertThat(played.timestampsMs()).containsExactly(3L, 8L, 7L, 11L);
        assertThat(played.watermarksMs()).containsExactly(7L);
    }

    /** Numbers are their own timestamps. */
    private static final class Ascending extends AscendingTimestampExtractor<Long> {
        @Override
        public long extractAscendingTimestamp(Long element) {
            return element;
        }
    }

    @Test
    void nothingComesBehindTheEndOfAllTime() {
        Played played = harness().play(Script.of(5L).watermark(Long.MAX_VALUE).passMs(200));

        assertThat(played.watermarksMs()).containsExactly(Long.MAX_VALUE);
    }
}
