package io.millrace.api.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarkStrategyTest {
    private final List<Long> emitted = new ArrayList<>();
    private final WatermarkOutput output =
            new WatermarkOutput() {
                @Override
                public void emitWatermark(Watermark watermark) {
                    emitted.add(watermark.getTimestamp());
                }

                @Override
                public void markIdle() {}

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
    void refusesANegativeDelay() {
        assertThatThrownBy(() -> new BoundedOutOfOrdernessWatermarks<>(Duration.ofMillis(-1)))
                .hasMessageContaining("not negative");
    }
}
