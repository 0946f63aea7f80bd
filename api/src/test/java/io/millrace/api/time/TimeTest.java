package io.millrace.api.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTest {
    @Test
    void isEqualByLengthWhateverItsUnit() {
        assertThat(Time.seconds(60)).isEqualTo(Time.minutes(1)).hasSameHashCodeAs(Time.minutes(1));
        assertThat(Time.hours(2).toMilliseconds()).isEqualTo(7_200_000);
        assertThat(Time.days(1).toDuration()).isEqualTo(Duration.ofDays(1));
        assertThat(Time.of(3, TimeUnit.SECONDS)).hasToString("3 SECONDS");
        assertThat(Time.toDuration(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 d", "36 h", "90 min", "90 s", "1500 ms", "1500 us", "15 ns", "0 ms"})
    void printsDurationsAsTheyReadBack(String text) {
        Duration duration = TimeUtils.parseDuration(text);
        assertThat(TimeUtils.formatWithHighestUnit(duration)).isEqualTo(text);
    }

    @Test
    void quotesWhatIsNoDuration() {
        assertThat(TimeUtils.parseDuration("PT1M")).isEqualTo(Duration.ofMinutes(1));
        assertThatThrownBy(() -> TimeUtils.parseDuration("soon"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'soon'");
    }

    @Test
    void standsStillUntilAdvanced() {
        ManualClock clock = new ManualClock(5_000_000);
        assertThat(clock.absoluteTimeMillis()).isEqualTo(5);
        clock.advanceTime(Duration.ofMillis(2));
        clock.advanceTime(3, TimeUnit.MICROSECONDS);
        assertThat(clock.relativeTimeMillis()).isEqualTo(7);
        assertThat(clock.relativeTimeNanos()).isEqualTo(7_003_000);
    }
}
