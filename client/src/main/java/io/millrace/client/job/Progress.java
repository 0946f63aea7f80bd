package io.millrace.client.job;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * Says how far long work has come, a line now and then; nothing about what is done at once.
 * Thread-safe.
 */
public final class Progress {
    private static final long EVERY_NANOS = 5_000_000_000L;

    private final PrintWriter out;
    private final String done;
    private final long totalBytes;
    private final LongSupplier nanoTime;
    private final long beganNanos;
    private long bytes;
    private long toldNanos;

    /**
     * @param out for people
     * @param done the participle of what is done with the bytes, such as {@code Read}
     * @param totalBytes that there are; 0 if that is not known
     * @param nanoTime a clock
     */
    public Progress(PrintWriter out, String done, long totalBytes, LongSupplier nanoTime) {
        this.out = out;
        this.done = done;
        this.totalBytes = totalBytes;
        this.nanoTime = nanoTime;
        this.beganNanos = nanoTime.getAsLong();
        this.toldNanos = beganNanos;
    }

    /** So many more bytes are done. */
    public synchronized void add(long more) {
        bytes += more;
        long now = nanoTime.getAsLong();
        if (now - toldNanos < EVERY_NANOS) {
            return;
        }
        toldNanos = now;
        double seconds = (now - beganNanos) / 1e9;
        // Work that reads something twice has no share of a total to tell.
        boolean shared = totalBytes > 0 && bytes <= totalBytes;
        out.println(
                done
                        + " "
                        + Numbers.bytes(bytes)
                        + (shared
                                ? " of "
                                        + Numbers.bytes(totalBytes)
                                        + ", "
                                        + (long) (100.0 * bytes / totalBytes)
                                        + " %"
                                : "")
                        + " ("
                        + Numbers.bytes((long) (bytes / seconds))
                        + "/s)");
        out.flush();
    }
}
