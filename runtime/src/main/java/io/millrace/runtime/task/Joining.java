package io.millrace.runtime.task;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The end of threads that have been told to end. */
final class Joining {
    private Joining() {}

    /**
     * Waits for all but the calling thread, altogether no longer than {@code timeoutMs}; then
     * leaves the rest behind. An interrupt is kept for the caller and shortens nothing.
     */
    static void joinAll(List<Thread> threads, long timeoutMs) {
        boolean interrupted = false;
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        for (Thread thread : threads) {
            if (thread == Thread.currentThread()) {
                continue;
            }
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            try {
                thread.join(Math.max(1, leftMs));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
