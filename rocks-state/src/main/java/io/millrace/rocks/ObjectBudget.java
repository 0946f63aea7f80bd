package io.millrace.rocks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory in the heap that caches of objects take together. Thread-safe: each share belongs to
 * one task, the sums are seen by all.
 *
 * <p>A cache may grow while there is room, and has to shrink to its even part once there is none.
 */
final class ObjectBudget {
    private final AtomicLong used = new AtomicLong();
    private final AtomicInteger shares = new AtomicInteger();
    private volatile long totalBytes; // written by the governor, read by tasks

    ObjectBudget(long totalBytes) {
        this.totalBytes = totalBytes;
    }

    void setTotalBytes(long bytes) {
        totalBytes = bytes;
    }

    long totalBytes() {
        return totalBytes;
    }

    long usedBytes() {
        return used.get();
    }

    Share join() {
        shares.incrementAndGet();
        return new Share();
    }

    /** What one back end takes. Confined to its task. */
    final class Share implements AutoCloseable {
        private long own;
        private boolean closed;

        /** Says how much the back end takes now. */
        void set(long bytes) {
            used.addAndGet(bytes - own);
            own = bytes;
        }

        /** So many bytes too many; 0 or less if there is room. */
        long excessBytes() {
            long total = totalBytes;
            long everybody = used.get() - total;
            if (everybody <= 0) {
                return everybody;
            }
            return own - total / Math.max(1, shares.get());
        }

        /** So much is a cache allowed that cannot write for a while. */
        boolean farTooMany() {
            long total = totalBytes;
            return used.get() > total + total / 2
                    && own > total / Math.max(1, shares.get()) * 3 / 2;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                set(0);
                shares.decrementAndGet();
            }
        }
    }
}
