package io.millrace.coordinator.simulation;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A stream of chance, made from a seed and a purpose so that one stream does not disturb another.
 */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed, String purpose) {
        this.random = new SplittableRandom(seed * 31 + purpose.hashCode());
    }

    /** Both ends included. */
    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
