package io.millrace.api.function;

/**
 * A function of three values that may throw.
 *
 * @param <E> what it throws
 */
@FunctionalInterface
public interface TriFunctionWithException<S, T, U, R, E extends Throwable> {
    R apply(S s, T t, U u) throws E;

    /** The same where no exception is allowed: it passes through, unwrapped. */
    static <A, B, C, D> TriFunction<A, B, C, D> unchecked(
            TriFunctionWithException<A, B, C, D, ?> function) {
        return (a, b, c) -> {
            try {
                return function.apply(a, b, c);
            } catch (Throwable t) {
                throw Sneaky.rethrow(t);
            }
        };
    }
}
