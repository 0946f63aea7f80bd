package io.millrace.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrainPaceTest {
    private static final long TARGET_NANOS = 200_000_000;
    private static final long MAX_BYTES = 1_000_000;

    private long now = 1;
    private final DrainPace pace = new DrainPace(TARGET_NANOS, MAX_BYTES, () -> now);

    private long takenAfter(long nanos, long bytes) {
        now += nanos;
        return pace.onTaken(bytes);
    }

    @Test
    void allowsTheMaximumUntilThePaceIsKnownAndForAFastReader() {
        assertThat(takenAfter(0, 1_000)).isEqualTo(MAX_BYTES);
        assertThat(takenAfter(1_000, 1_000)).isEqualTo(MAX_BYTES);
    }

    @Test
    void allowsASlowReaderWhatItTakesWithinTheTarget() {
        long limit = 0;
        for (int i = 0; i < 50; i++) {
            limit = takenAfter(10_000_000, 1_000); // 100 bytes a millisecond
        }

        assertThat(limit).isBetween(19_900L, 20_100L);
    }

    @Test
    void alwaysLetsOneItemBegin() {
        long limit = 0;
        for (int i = 0; i < 50; i++) {
            limit = takenAfter(3_600_000_000_000L, 10);
        }

        assertThat(limit).isEqualTo(1);
    }

    @Test
    void doesNotTakeWaitingForSlowness() {
        for (int i = 0; i < 50; i++) {
            pace.onEmpty();
            assertThat(takenAfter(1_000_000_000, 1_000)).isEqualTo(MAX_BYTES);
        }
    }

    @Test
    void followsAReaderThatBecomesFastAgain() {
        for (int i = 0; i < 50; i++) {
            takenAfter(100_000_000, 1_000);
        }
        long limit = 0;
        for (int i = 0; i < 200; i++) {
            limit = takenAfter(1_000, 1_000);
        }

        assertThat(limit).isEqualTo(MAX_BYTES);
    }
}
