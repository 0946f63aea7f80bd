package io.millrace.api.function;

import java.util.function.Consumer;

/**
 * A {@link Consumer} that may throw.
 *
 * @param <E> what it throws
 */
@FunctionalInterface
public interface ThrowingConsumer<T, E extends Throwable> {
    void accept(T value) throws E;

    /** The same where no exception is allowed: it passes through, unwrapped. */
    static <A> Consumer<A> unchecked(ThrowingConsumer<A, ?> consumer) {
        return value -> {
            try {
                consumer.accept(value);
            } catch (Throwable t) {
                throw Sneaky.rethrow(t);
            }
        };
    }
}
