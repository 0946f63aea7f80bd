package io.millrace.runtime.exchange;

import io.millrace.runtime.chunk.ControlEvent;
import java.util.Arrays;

/**
 * Finds how far event time has come over several channels or inputs: the lowest of those that are
 * neither idle nor ended. Confined to its task.
 */
public final class WatermarkMerger {
    private final long[] watermarksMs;
    private final boolean[] idle;
    private final boolean[] ended;
    private long mergedMs = Long.MIN_VALUE;
    private boolean allIdle;

    public WatermarkMerger(int channels) {
        this.watermarksMs = new long[channels];
        Arrays.fill(watermarksMs, Long.MIN_VALUE);
        this.idle = new boolean[channels];
        this.ended = new boolean[channels];
    }

    /** Records end idleness. */
    public void onRecords(int channel) {
        if (idle[channel]) {
            idle[channel] = false;
        }
        allIdle = false;
    }

    /** The event to pass on, or null if nothing changed for those behind. */
    public ControlEvent onWatermark(int channel, long timestampMs) {
        idle[channel] = false;
        allIdle = false;
        watermarksMs[channel] = Math.max(watermarksMs[channel], timestampMs);
        return advance();
    }

    /** The event to pass on, or null if nothing changed for those behind. */
    public ControlEvent onIdle(int channel) {
        idle[channel] = true;
        return advance();
    }

    /** The event to pass on, or null if nothing changed for those behind. */
    public ControlEvent onEnd(int channel) {
        ended[channel] = true;
        return advance();
    }

    private ControlEvent advance() {
        long lowest = Long.MAX_VALUE;
        boolean anyActive = false;
        boolean anyOpen = false;
        for (int channel = 0; channel < watermarksMs.length; channel++) {
            if (ended[channel]) {
                continue;
            }
            anyOpen = true;
            if (!idle[channel]) {
                anyActive = true;
                lowest = Math.min(lowest, watermarksMs[channel]);
            }
        }
        if (anyActive && lowest > mergedMs) {
            mergedMs = lowest;
            return new ControlEvent.Watermark(lowest);
        }
        if (anyOpen && !anyActive && !allIdle) {
            allIdle = true;
            return new ControlEvent.Idle();
        }
        return null;
    }
}
