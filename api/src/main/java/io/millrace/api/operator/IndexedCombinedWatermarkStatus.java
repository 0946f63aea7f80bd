package io.millrace.api.operator;

import java.util.Arrays;

/**
 * The time of an operator of several inputs: that of the slowest one that is not idle; that of the
 * fastest one when all are. Confined.
 */
public final class IndexedCombinedWatermarkStatus {
    private final long[] watermarksMs;
    private final boolean[] idle;
    private long combinedMs = Long.MIN_VALUE;

    private IndexedCombinedWatermarkStatus(int inputs) {
        this.watermarksMs = new long[inputs];
        this.idle = new boolean[inputs];
        Arrays.fill(watermarksMs, Long.MIN_VALUE);
    }

    public static IndexedCombinedWatermarkStatus forInputsCount(int inputsCount) {
        return new IndexedCombinedWatermarkStatus(inputsCount);
    }

    /**
     * Returns whether {@link #getCombinedWatermark} has grown.
     *
     * @param index from 0
     */
    public boolean updateWatermark(int index, long timestamp) {
        idle[index] = false;
        watermarksMs[index] = Math.max(watermarksMs[index], timestamp);
        return combine();
    }

    /**
     * Returns whether {@link #getCombinedWatermark} has grown.
     *
     * @param index from 0
     */
    public boolean updateStatus(int index, boolean isIdle) {
        idle[index] = isIdle;
        return combine();
    }

    private boolean combine() {
        long nowMs = isIdle() ? highest() : lowestActive();
        boolean grown = nowMs > combinedMs;
        combinedMs = Math.max(combinedMs, nowMs);
        return grown;
    }

    private long highest() {
        return Arrays.stream(watermarksMs).max().orElse(Long.MIN_VALUE);
    }

    private long lowestActive() {
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < idle.length; i++) {
            lowest = idle[i] ? lowest : Math.min(lowest, watermarksMs[i]);
        }
        return lowest;
    }

    /** Whether nobody should wait for the operator's time. */
    public boolean isIdle() {
        for (boolean each : idle) {
            if (!each) {
                return false;
            }
        }
        return true;
    }

    public long getCombinedWatermark() {
        return combinedMs;
    }
}
