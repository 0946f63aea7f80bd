package io.millrace.benchmarks.job;

import java.io.Serializable;

/**
 * Which key a record has: all alike, or some far more often than others. Immutable.
 *
 * @param keys how many there are, from 0
 * @param zipf whether the key that is the n-th most used has a share of about n to the power of
 *     −0.99; the most used one has 4 % of 10 million keys' records
 */
public record KeyChoice(long keys, boolean zipf) implements Serializable {
    private static final double REST = 0.01; // 1 − 0.99

    /** A prime, so that keys that are often used do not lie side by side. */
    private static final long STRIDE = 7_368_787;

    public static KeyChoice of(Job job) {
        return new KeyChoice(job.parameter("keys", 1), job.parameter("zipf", 0) == 1);
    }

    public long key(long number) {
        long bits = Mix.of(number);
        if (!zipf) {
            return (bits >>> 1) % keys;
        }
        // The distribution's continuous form, which can be inverted: a power of 1 / REST.
        double share = (bits >>> 11) * 0x1p-53;
        double root = 1 + share * (Math.pow(keys, REST) - 1);
        double second = root * root;
        double fourth = second * second;
        double eighth = fourth * fourth;
        double thirtySecond = eighth * eighth * eighth * eighth;
        long rank = (long) (thirtySecond * thirtySecond * thirtySecond * fourth) - 1;
        return Math.min(rank, keys - 1) * STRIDE % keys;
    }
}
