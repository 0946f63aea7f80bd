package io.millrace.api.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XORShiftRandomTest {
    @Test
    void repeatsItselfFromTheSameSeed() {
        XORShiftRandom one = new XORShiftRandom(42);
        XORShiftRandom other = new XORShiftRandom(0);
        other.setSeed(42);
        for (int i = 0; i < 100; i++) {
            assertThat(one.nextLong()).isEqualTo(other.nextLong());
        }
    }

    @Test
    void fillsItsRangeEvenly() {
        XORShiftRandom random = new XORShiftRandom(7);
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++) {
            counts[random.nextInt(10)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(9_500, 10_500);
        }
    }
}
