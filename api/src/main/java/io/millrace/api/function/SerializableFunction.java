package io.millrace.api.function;

import java.io.Serializable;

/** A {@link java.util.function.Function} that can travel with a job. */
@FunctionalInterface
public interface SerializableFunction<T, R>
        extends java.util.function.Function<T, R>, Serializable {}
