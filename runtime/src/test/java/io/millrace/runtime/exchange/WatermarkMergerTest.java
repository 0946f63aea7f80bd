package io.millrace.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.ControlEvent.Active;
import io.millrace.runtime.chunk.ControlEvent.Idle;
import io.millrace.runtime.chunk.ControlEvent.Watermark;
import org.junit.jupiter.api.Test;

class WatermarkMergerTest {
    private final WatermarkMerger channels = WatermarkMerger.ofChannels(2);
    private final WatermarkMerger inputs = WatermarkMerger.ofInputs(2);

    private static ControlEvent at(long timestampMs) {
        return new Watermark(timestampMs);
    }

    @Test
    void timeIsThatOfTheSlowest() {
        assertThat(channels.onWatermark(0, 10)).isNull();
        assertThat(channels.onWatermark(1, 20)).isEqualTo(at(10));
        assertThat(channels.onWatermark(0, 15)).isEqualTo(at(15));
        assertThat(channels.holder()).isZero();
    }

    @Test
    void anIdleOneHoldsNobody() {
        channels.onWatermark(0, 10);
        assertThat(channels.onIdle(1)).isEqualTo(at(10));
        assertThat(channels.onWatermark(0, 30)).isEqualTo(at(30));
        assertThat(channels.isIdle(1)).isTrue();
        assertThat(channels.holder()).isZero();
    }

    @Test
    void whenTheLastOneBecomesIdleTimeIsThatOfTheFastest() {
        channels.onWatermark(0, 10);
        channels.onWatermark(1, 20);
        assertThat(channels.onIdle(1)).isNull();
        assertThat(channels.onIdle(0)).isEqualTo(at(20));
        assertThat(channels.takeFollowing()).isEqualTo(new Idle());
        assertThat(channels.takeFollowing()).isNull();
        assertThat(channels.isIdle()).isTrue();
    }

    @Test
    void theFirstThatWakesEndsIdlenessOnce() {
        channels.onIdle(0);
        channels.onIdle(1);
        assertThat(channels.onActive(0)).isEqualTo(new Active());
        assertThat(channels.onRecords(1)).isNull();
        assertThat(channels.onActive(1)).isNull();
    }

    @Test
    void aChannelThatWakesBehindCountsWhenItHasCaughtUp() {
        channels.onWatermark(0, 10);
        channels.onWatermark(1, 5);
        channels.onIdle(1);
        assertThat(channels.onRecords(1)).isNull();
        assertThat(channels.onWatermark(0, 20)).isEqualTo(at(20));
        assertThat(channels.onWatermark(1, 15)).isNull();
        assertThat(channels.onWatermark(0, 30)).isEqualTo(at(30));
        assertThat(channels.onWatermark(1, 30)).isNull();
        assertThat(channels.onWatermark(0, 40)).isNull();
        assertThat(channels.holder()).isEqualTo(1);
    }

    @Test
    void anInputThatWakesBehindHoldsTimeButDoesNotTakeItBack() {
        inputs.onWatermark(0, 10);
        inputs.onWatermark(1, 5);
        assertThat(inputs.onIdle(1)).isEqualTo(at(10));
        inputs.onRecords(1);
        assertThat(inputs.onWatermark(0, 20)).isNull();
        assertThat(inputs.onWatermark(1, 15)).isEqualTo(at(15));
    }

    @Test
    void thoseThatHaveEndedDoNotCount() {
        channels.onWatermark(0, 10);
        assertThat(channels.onEnd(1)).isEqualTo(at(10));
        assertThat(channels.onIdle(0)).isEqualTo(new Idle());
        assertThat(channels.onEnd(0)).isNull();
        assertThat(channels.holder()).isEqualTo(-1);
    }

    @Test
    void aLowerWatermarkIsNoNews() {
        channels.onWatermark(0, 10);
        channels.onWatermark(1, 10);
        assertThat(channels.onWatermark(0, 3)).isNull();
        assertThat(channels.watermarkMs(0)).isEqualTo(10);
    }
}
