package io.millrace.api.function;

/**
 * A {@link java.util.function.Supplier} that may throw.
 *
 * @param <E> what it throws
 */
@FunctionalInterface
public interface SupplierWithException<R, E extends Throwable> {
    R get() throws E;
}
