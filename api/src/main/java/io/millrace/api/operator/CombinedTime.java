package io.millrace.api.operator;

/** The time of an operator of two inputs: that of the slower one that is not idle. Confined. */
final class CombinedTime {
    private final long[] watermarksMs = {Long.MIN_VALUE, Long.MIN_VALUE};
    private final boolean[] idle = new boolean[2];
    private long combinedMs = Long.MIN_VALUE;

    /** Returns whether {@link #watermarkMs} has grown. */
    boolean onWatermark(int input, long timestampMs) {
        watermarksMs[input] = Math.max(watermarksMs[input], timestampMs);
        return combine();
    }

    /** Returns whether {@link #watermarkMs} has grown. */
    boolean onStatus(int input, boolean isIdle) {
        idle[input] = isIdle;
        return combine();
    }

    private boolean combine() {
        if (isIdle()) {
            return false;
        }
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < idle.length; i++) {
            lowest = idle[i] ? lowest : Math.min(lowest, watermarksMs[i]);
        }
        boolean grown = lowest > combinedMs;
        combinedMs = Math.max(combinedMs, lowest);
        return grown;
    }

    boolean isIdle() {
        return idle[0] && idle[1];
    }

    long watermarkMs() {
        return combinedMs;
    }
}
