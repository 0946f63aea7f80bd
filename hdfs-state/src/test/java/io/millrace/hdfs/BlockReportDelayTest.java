package io.millrace.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockReportDelayTest {
    private final BlockReportDelay delay = new BlockReportDelay();

    @Test
    void itDoublesWhenItWasTooShort() {
        delay.answered(false);

        assertThat(delay.nanos()).isEqualTo(2 * BlockReportDelay.FIRST_NANOS);
    }

    @Test
    void itHasBounds() {
        for (int i = 0; i < 100; i++) {
            delay.answered(false);
        }
        assertThat(delay.nanos()).isEqualTo(BlockReportDelay.MOST_NANOS);

        for (int i = 0; i < 1_000; i++) {
            delay.answered(true);
        }
        assertThat(delay.nanos()).isEqualTo(BlockReportDelay.LEAST_NANOS);
    }

    /** Reports that take 7 ms, whatever the delay began with. */
    @Test
    void aboutOneQuestionInTwentyComesTooEarly() {
        int early = 0;
        for (int i = 0; i < 2_000; i++) {
            boolean reported = delay.nanos() >= 7_000_000;
            early += reported ? 0 : 1;
            delay.answered(reported);
        }

        assertThat(early).isBetween(60, 100);
    }
}
