package io.millrace.api.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Waits by condition for what nobody tells the test of: another process, a file, a thread's state.
 * What can tell it, a latch or a future, is waited for there. Thread-safe.
 */
public final class Await {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Between two looks: an eighth of what has been waited, so that short waits end soon. */
    private static final long SHORTEST_NANOS = 200_000;

    private static final long LONGEST_NANOS = 50_000_000;

    private Await() {}

    /** A look at what is waited for; what it throws ends the wait. */
    @FunctionalInterface
    public interface Look<T, E extends Exception> {
        T look() throws E;
    }

    /** As below, for at most a minute. */
    public static <T, E extends Exception> T until(
            String what, Look<T, E> look, Predicate<? super T> satisfied) throws E {
        return until(what, LIMIT, look, satisfied);
    }

    /**
     * Looks again and again, and parks the thread in between.
     *
     * @param what is true of a satisfying value, for the message
     * @param limit there is at least one look, however short it is
     * @return the first value that satisfies
     * @throws AssertionError if none came within the limit, or the thread was interrupted (it stays
     *     so); says what was waited for and the value seen last
     */
    public static <T, E extends Exception> T until(
            String what, Duration limit, Look<T, E> look, Predicate<? super T> satisfied) throws E {
        long begin = System.nanoTime();
        T seen = look.look();
        while (!satisfied.test(seen)) {
            long waited = System.nanoTime() - begin;
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted before " + what + "; last seen: " + seen);
            }
            if (waited > limit.toNanos()) {
                throw new AssertionError(
                        "not within " + limit + ": " + what + "; last seen: " + seen);
            }
            LockSupport.parkNanos(Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, waited / 8)));
            seen = look.look();
        }
        return seen;
    }
}
