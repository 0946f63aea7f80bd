package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EpochPartsTest {
    @Test
    void eightCheckpointsShareOne() {
        assertThat(EpochParts.of(3, 0)).isEqualTo(3_000_000_000L);
        assertThat(EpochParts.of(3, 7)).isEqualTo(3_000_000_000L);
        assertThat(EpochParts.of(3, 8)).isEqualTo(3_000_000_001L);
    }

    @Test
    void laterOnesAreHigherAndEpochsOfOlderReleasesLower() {
        assertThat(EpochParts.of(4, 0)).isGreaterThan(EpochParts.of(3, 5_000_000_000L));
        assertThat(EpochParts.of(1, 0)).isGreaterThan(999_999_999L);
    }

    @Test
    void theEpochIsToldFromEither() {
        assertThat(EpochParts.epochOf(EpochParts.of(12, 345))).isEqualTo(12);
        assertThat(EpochParts.epochOf(12)).isEqualTo(12);
        assertThat(EpochParts.isPart(12)).isFalse();
        assertThat(EpochParts.isPart(EpochParts.of(12, 345))).isTrue();
    }

    @Test
    void itsNumberIsOneThatPathsMayHave() {
        long highest = EpochParts.of(999_999_999, 7_999_999_999L);

        assertThat(CheckpointDirectory.number(String.valueOf(highest))).isEqualTo(highest);
        assertThatThrownBy(() -> EpochParts.of(1_000_000_000, 1))
                .hasMessageContaining("1000000000");
    }
}
