package io.millrace.api.function;

/**
 * A function of a {@code long} that may throw.
 *
 * @param <E> what it throws
 */
@FunctionalInterface
public interface LongFunctionWithException<R, E extends Throwable> {
    R apply(long value) throws E;
}
