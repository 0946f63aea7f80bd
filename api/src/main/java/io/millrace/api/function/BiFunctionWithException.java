package io.millrace.api.function;

/**
 * A {@link java.util.function.BiFunction} that may throw.
 *
 * @param <E> what it throws
 */
@FunctionalInterface
public interface BiFunctionWithException<T, U, R, E extends Throwable> {
    R apply(T t, U u) throws E;
}
