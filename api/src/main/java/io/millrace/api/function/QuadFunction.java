package io.millrace.api.function;

/** A function of four values. */
@FunctionalInterface
public interface QuadFunction<S, T, U, V, R> {
    R apply(S s, T t, U u, V v);
}
