package io.millrace.runtime.exchange;

import java.util.function.LongSupplier;

/**
 * How many bytes a channel should queue, so that its reader takes them within the drain target.
 * Confined to the reading task.
 */
/* The time from one item to the next, where the next one was there already, is what the reader needed
 * for the first. Averaged per byte, it says how many bytes the target is worth. A reader that waits
 * for items is fast enough, and its waiting is not counted.
 */
public final class DrainPace {
    private static final int WEIGHT = 8;

    private final long targetNanos;
    private final long maxBytes;
    private final LongSupplier nanos;
    private double nanosPerByte;
    private boolean busy;
    private long takenAtNanos;
    private long takenBytes;

    /**
     * @param maxBytes the most that is ever queued, and what is until the pace is known
     * @param nanos the clock; only differences mean something
     */
    public DrainPace(long targetNanos, long maxBytes, LongSupplier nanos) {
        this.targetNanos = targetNanos;
        this.maxBytes = maxBytes;
        this.nanos = nanos;
    }

    /**
     * The reader has taken an item.
     *
     * @return the bytes that may be queued: from 1, which lets one item begin, to the maximum
     */
    public long onTaken(long bytes) {
        long now = nanos.getAsLong();
        if (busy) {
            double sample = (double) (now - takenAtNanos) / Math.max(1, takenBytes);
            nanosPerByte =
                    nanosPerByte == 0 ? sample : nanosPerByte + (sample - nanosPerByte) / WEIGHT;
        }
        busy = true;
        takenAtNanos = now;
        takenBytes = bytes;
        return limitBytes();
    }

    /** The reader found nothing: the time until the next item is not its own. */
    public void onEmpty() {
        busy = false;
    }

    private long limitBytes() {
        double bytes = targetNanos / nanosPerByte; // infinite while nothing is known
        return bytes >= maxBytes ? maxBytes : Math.max(1, (long) bytes);
    }
}
