package io.millrace.runtime.exchange;

import io.millrace.runtime.chunk.ControlEvent;
import java.util.Arrays;

/**
 * Finds how far event time has come over several channels or inputs: the lowest of those that are
 * neither idle nor ended; the highest of all when the last one becomes idle, since nobody waits for
 * any. Never goes back. Confined to its task.
 *
 * <p>What one call brings may be two events: the second is given by {@link #takeFollowing}.
 */
public final class WatermarkMerger {
    private final boolean waitsForWoken;
    private final long[] watermarksMs;
    private final boolean[] idle;
    private final boolean[] ended;
    // Woke behind the merged time, and has not caught up: does not count.
    private final boolean[] behind;
    private long mergedMs = Long.MIN_VALUE;
    private boolean allIdle;
    private ControlEvent following;

    private WatermarkMerger(int channels, boolean waitsForWoken) {
        this.waitsForWoken = waitsForWoken;
        this.watermarksMs = new long[channels];
        Arrays.fill(watermarksMs, Long.MIN_VALUE);
        this.idle = new boolean[channels];
        this.ended = new boolean[channels];
        this.behind = new boolean[channels];
    }

    /** Of one input: a channel that wakes behind the others counts when it has caught up. */
    public static WatermarkMerger ofChannels(int channels) {
        return new WatermarkMerger(channels, false);
    }

    /**
     * Of one operator: an input that wakes behind holds time where it is until it has caught up.
     */
    public static WatermarkMerger ofInputs(int inputs) {
        return new WatermarkMerger(inputs, true);
    }

    /** The event to pass on behind the records, or null; records end idleness. */
    public ControlEvent onRecords(int channel) {
        return idle[channel] ? onActive(channel) : null;
    }

    /** The event to pass on, or null if nothing changed for those behind. */
    public ControlEvent onActive(int channel) {
        if (!idle[channel]) {
            return null;
        }
        idle[channel] = false;
        behind[channel] = !waitsForWoken && watermarksMs[channel] < mergedMs;
        if (!allIdle) {
            return null;
        }
        allIdle = false;
        return new ControlEvent.Active();
    }

    /** The event to pass on, or null if nothing changed for those behind. */
    public ControlEvent onWatermark(int channel, long timestampMs) {
        ControlEvent woken = onActive(channel);
        long before = watermarksMs[channel];
        watermarksMs[channel] = Math.max(before, timestampMs);
        behind[channel] &= watermarksMs[channel] < mergedMs;
        // One that is ahead of the merged time holds nobody back.
        ControlEvent advanced = before > mergedMs && woken == null ? null : advance();
        // A watermark ends idleness, too.
        return advanced == null ? woken : advanced;
    }

    /** The event to pass on, or null if nothing changed for those behind. */
    public ControlEvent onIdle(int channel) {
        idle[channel] = true;
        behind[channel] = false;
        return advance();
    }

    /** The event to pass on, or null if nothing changed for those behind. */
    public ControlEvent onEnd(int channel) {
        ended[channel] = true;
        return advance();
    }

    /** What comes behind the event of the last call; null if that was all. */
    public ControlEvent takeFollowing() {
        ControlEvent next = following;
        following = null;
        return next;
    }

    private ControlEvent advance() {
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        boolean anyActive = false;
        boolean anyBehind = false;
        boolean anyOpen = false;
        for (int channel = 0; channel < watermarksMs.length; channel++) {
            if (ended[channel]) {
                continue;
            }
            anyOpen = true;
            highest = Math.max(highest, watermarksMs[channel]);
            if (behind[channel]) {
                anyBehind = true;
            } else if (!idle[channel]) {
                anyActive = true;
                lowest = Math.min(lowest, watermarksMs[channel]);
            }
        }
        if (anyActive) {
            return advancedTo(lowest);
        }
        if (!anyOpen || anyBehind || allIdle) {
            return null;
        }
        allIdle = true;
        ControlEvent last = advancedTo(highest);
        if (last == null) {
            return new ControlEvent.Idle();
        }
        following = new ControlEvent.Idle();
        return last;
    }

    private ControlEvent advancedTo(long timestampMs) {
        if (timestampMs <= mergedMs) {
            return null;
        }
        mergedMs = timestampMs;
        return new ControlEvent.Watermark(timestampMs);
    }

    /** How far time has come over all of them. */
    public long mergedMs() {
        return mergedMs;
    }

    /** Whether nobody should wait for any of them. */
    public boolean isIdle() {
        return allIdle;
    }

    /** The one that time waits for; -1 if they are all idle, behind, or have ended. */
    public int holder() {
        return holder(0, watermarksMs.length);
    }

    /**
     * The one of some of them that time waits for; -1 if it waits for none of these.
     *
     * @param first of them
     * @param end behind the last
     */
    public int holder(int first, int end) {
        int holder = -1;
        for (int channel = first; channel < end; channel++) {
            if (counts(channel) && (holder < 0 || watermarksMs[channel] < watermarksMs[holder])) {
                holder = channel;
            }
        }
        return holder;
    }

    /**
     * Whether time waits for this one: it has not ended, is not idle, and not behind since then.
     */
    public boolean counts(int channel) {
        return !ended[channel] && !idle[channel] && !behind[channel];
    }

    /** The highest watermark that has come by this channel. */
    public long watermarkMs(int channel) {
        return watermarksMs[channel];
    }

    public boolean isIdle(int channel) {
        return idle[channel];
    }

    public boolean isEnded(int channel) {
        return ended[channel];
    }
}
