package io.millrace.api.function;

import java.io.Serializable;

/**
 * A supplier that may throw and can travel with a job.
 *
 * @param <E> what it throws
 */
@FunctionalInterface
public interface SerializableSupplierWithException<T, E extends Throwable>
        extends SupplierWithException<T, E>, Serializable {}
