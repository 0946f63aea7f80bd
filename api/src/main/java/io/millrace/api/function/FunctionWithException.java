package io.millrace.api.function;

/**
 * A {@link java.util.function.Function} that may throw.
 *
 * @param <E> what it throws
 */
@FunctionalInterface
public interface FunctionWithException<T, R, E extends Throwable> {
    R apply(T value) throws E;

    /** The same where no exception is allowed: it passes through, unwrapped. */
    static <A, B> java.util.function.Function<A, B> unchecked(
            FunctionWithException<A, B, ?> function) {
        return value -> {
            try {
                return function.apply(value);
            } catch (Throwable t) {
                throw Sneaky.rethrow(t);
            }
        };
    }
}
