package io.millrace.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for other processes by condition, with a deadline and a word of what was seen. */
final class Await {
    private Await() {}

    static <T> T until(
            String what, Duration limit, Supplier<T> look, Predicate<? super T> satisfied) {
        long deadline = System.nanoTime() + limit.toNanos();
        T seen = null;
        while (System.nanoTime() < deadline) {
            seen = look.get();
            if (satisfied.test(seen)) {
                return seen;
            }
            LockSupport.parkNanos(50_000_000L);
        }
        throw new AssertionError("not within " + limit + ": " + what + "; last seen: " + seen);
    }
}
