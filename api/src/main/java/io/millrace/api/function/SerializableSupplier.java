package io.millrace.api.function;

import java.io.Serializable;
import java.util.function.Supplier;

/** A {@link Supplier} that can travel with a job. */
@FunctionalInterface
public interface SerializableSupplier<T> extends Supplier<T>, Serializable {}
