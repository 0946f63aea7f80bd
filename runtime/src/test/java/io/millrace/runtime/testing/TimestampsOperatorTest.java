package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import org.junit.jupiter.api.Test;

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
    void nothingComesBehindTheEndOfAllTime() {
        Played played = harness().play(Script.of(5L).watermark(Long.MAX_VALUE).passMs(200));

        assertThat(played.watermarksMs()).containsExactly(Long.MAX_VALUE);
    }
}
