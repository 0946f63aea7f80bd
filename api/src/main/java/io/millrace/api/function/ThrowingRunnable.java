package io.millrace.api.function;

/**
 * A {@link Runnable} that may throw.
 *
 * @param <E> what it throws
 */
@FunctionalInterface
public interface ThrowingRunnable<E extends Throwable> {
    void run() throws E;

    /** The same where no exception is allowed: it passes through, unwrapped. */
    static Runnable unchecked(ThrowingRunnable<?> runnable) {
        return () -> {
            try {
                runnable.run();
            } catch (Throwable t) {
                throw Sneaky.rethrow(t);
            }
        };
    }
}
