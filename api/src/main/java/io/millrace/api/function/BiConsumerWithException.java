package io.millrace.api.function;

/**
 * A {@link java.util.function.BiConsumer} that may throw.
 *
 * @param <E> what it throws
 */
@FunctionalInterface
public interface BiConsumerWithException<T, U, E extends Throwable> {
    void accept(T t, U u) throws E;
}
