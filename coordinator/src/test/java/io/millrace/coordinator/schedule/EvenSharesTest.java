package io.millrace.coordinator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvenSharesTest {
    private static long[] bytes(long... bytes) {
        return bytes;
    }

    private static long[] even(int ranges, long each) {
        long[] bytes = new long[ranges];
        Arrays.fill(bytes, each);
        return bytes;
    }

    @Test
    void littleIsOneShare() {
        assertThat(EvenShares.of(even(128, 1), 1_000, 1, 128)).containsExactly(128);
        assertThat(EvenShares.of(even(128, 0), 1_000, 1, 128)).containsExactly(128);
    }

    @Test
    void sharesAreNoLargerThanTheyMayBeAndEven() {
        assertThat(EvenShares.of(even(12, 10), 50, 1, 12)).containsExactly(4, 8, 12);
        assertThat(EvenShares.of(bytes(10, 30, 10, 10, 20, 20), 50, 1, 6)).containsExactly(3, 6);
    }

    @Test
    void aLargeRangeIsAloneAndTheOthersAreNoSmallerForIt() {
        assertThat(EvenShares.of(bytes(5, 5, 1_000, 5, 5, 5, 5), 10, 1, 7))
                .containsExactly(2, 3, 5, 7);
    }

    @Test
    void moreThanThereMayBeIsSharedByAllThatThereMayBe() {
        assertThat(EvenShares.of(even(128, 100), 1, 1, 4)).containsExactly(32, 64, 96, 128);
    }

    @Test
    void thereAreNoFewerThanThereHaveToBe() {
        assertThat(EvenShares.of(even(8, 1), 1_000, 3, 8)).hasSize(3);
        assertThat(EvenShares.of(bytes(0, 0, 0, 9), 1_000, 4, 4)).containsExactly(1, 2, 3, 4);
        assertThat(EvenShares.of(bytes(0, 0, 0, 0), 1_000, 2, 4)).hasSize(2);
    }

    @Test
    void whateverTheBytesSharesAreRangesInOrderWithinTheLimits() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            int ranges = 1 + random.nextInt(40);
            int max = 1 + random.nextInt(ranges);
            int min = 1 + random.nextInt(max);
            long[] bytes = random.longs(ranges, 0, 1 + random.nextInt(1_000)).toArray();
            bytes[random.nextInt(ranges)] *= random.nextInt(50);
            List<Integer> ends = EvenShares.of(bytes, 1 + random.nextInt(2_000), min, max);
            assertThat(ends).hasSizeBetween(min, max).doesNotHaveDuplicates().isSorted();
            assertThat(ends.get(0)).isPositive();
            assertThat(ends.get(ends.size() - 1)).isEqualTo(ranges);
        }
    }
}
