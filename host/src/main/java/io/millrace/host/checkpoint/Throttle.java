package io.millrace.host.checkpoint;

/** Spreads bytes over time. Reads no clock; confined to its user. */
final class Throttle {
    private final double nanosPerByte;
    private final long startNanos;
    private long bytes;

    /**
     * @param bytesPerSecond above 0
     */
    Throttle(long bytesPerSecond, long startNanos) {
        this.nanosPerByte = 1e9 / bytesPerSecond;
        this.startNanos = startNanos;
    }

    /** How long to wait after these bytes; 0 if they were slower than allowed. */
    long pauseNanos(long more, long nowNanos) {
        bytes += more;
        return Math.max(0, (long) (bytes * nanosPerByte) - (nowNanos - startNanos));
    }
}
