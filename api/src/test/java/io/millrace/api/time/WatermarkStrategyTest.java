package io.millrace.api.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarkStrategyTest {
    private final List<Long> emitted = new ArrayList<>();
    private int timesIdle;
    private final WatermarkOutput output =
            new WatermarkOutput() {
                @Override
                public void emitWatermark(Watermark watermark) {
                    emitted.add(watermark.getTimestamp());
                }

                @Override
                public void markIdle() {
                    timesIdle++;
                }

                @Override
                public void markActive() {}
            };

    @Test
    void staysBehindTheHighestTimestampByTheDelay() {
        WatermarkGenerator<String> generator =
                WatermarkStrategy.<String>forBoundedOutOfOrderness(Duration.ofSeconds(2))
                        .createWatermarkGenerator(null);
        generator.onPeriodicEmit(output);
        generator.onEvent("a", 10_000, output);
        generator.onEvent("b", 9_000, output);
        generator.onPeriodicEmit(output);
        assertThat(emitted).containsExactly(Long.MIN_VALUE, 7_999L);
    }

    @Test
    void takesTimestampsFromTheGivenAssigner() {
        WatermarkStrategy<String> strategy =
                WatermarkStrategy.<String>forMonotonousTimestamps()
                        .withTimestampAssigner((text, timestamp) -> text.length());
        assertThat(strategy.createTimestampAssigner(null).extractTimestamp("abc", 7)).isEqualTo(3);
        WatermarkGenerator<String> generator = strategy.createWatermarkGenerator(null);
        generator.onEvent("abc", 3, output);
        generator.onPeriodicEmit(output);
        assertThat(emitted).containsExactly(2L);
    }

    @Test
    void isIdleAfterSilenceUntilTheNextRecord() {
        ManualClock clock = new ManualClock();
        WatermarkGenerator<String> generator =
                new WatermarksWithIdleness<>(
                        new AscendingTimestampsWatermarks<>(), Duration.ofSeconds(1), clock);
        generator.onEvent("a", 5, output);
        generator.onPeriodicEmit(output);
        clock.advanceTime(Duration.ofMillis(1000));
        generator.onPeriodicEmit(output);
        assertThat(timesIdle).isZero();

        clock.advanceTime(Duration.ofMillis(1));
        generator.onPeriodicEmit(output);
        generator.onPeriodicEmit(output);
        assertThat(timesIdle).isEqualTo(1);

        generator.onEvent("b", 9, output);
        generator.onPeriodicEmit(output);
        assertThat(emitted).containsExactly(4L, 4L, 8L);
    }

    @Test
    void refinementsKeepEachOther() {
        WatermarkStrategy<String> strategy =
                WatermarkStrategy.<String>forMonotonousTimestamps()
                        .withWatermarkAlignment("group", Duration.ofSeconds(20))
                        .withIdleness(Duration.ofSeconds(1))
                        .withTimestampAssigner((text, timestamp) -> text.length());

        WatermarkAlignmentParams alignment = strategy.getAlignmentParameters();
        assertThat(alignment.isEnabled()).isTrue();
        assertThat(alignment.getWatermarkGroup()).isEqualTo("group");
        assertThat(alignment.getMaxAllowedWatermarkDrift()).isEqualTo(20_000);
        assertThat(alignment.getUpdateInterval()).isEqualTo(1000);
        assertThat(strategy.createTimestampAssigner(null).extractTimestamp("abc", 7)).isEqualTo(3);
        assertThat(WatermarkStrategy.noWatermarks().getAlignmentParameters().isEnabled()).isFalse();
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        WatermarkStrategy<String> strategy = WatermarkStrategy.forMonotonousTimestamps();
        assertThatThrownBy(() -> strategy.withIdleness(Duration.ZERO))
                .hasMessageContaining("longer than 0");
        assertThatThrownBy(() -> strategy.withWatermarkAlignment("g", Duration.ofMillis(-1)))
                .hasMessageContaining("'g'")
                .hasMessageContaining("-1 ms");
        assertThatThrownBy(() -> strategy.withWatermarkAlignment("g", Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("at least 1 ms");
    }

    @Test
    void ingestionTimeNeverGoesBack() {
        TimestampAssigner<String> assigner = new IngestionTimeAssigner<>();
        long first = assigner.extractTimestamp("a", 0);
        assertThat(first).isPositive();
        assertThat(assigner.extractTimestamp("b", 0)).isGreaterThanOrEqualTo(first);
    }

    @Test
    void refusesANegativeDelay() {
        assertThatThrownBy(() -> new BoundedOutOfOrdernessWatermarks<>(Duration.ofMillis(-1)))
                .hasMessageContaining("not negative");
    }
}
