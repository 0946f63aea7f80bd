package io.millrace.api.function;

/** Takes four values and returns nothing. */
@FunctionalInterface
public interface QuadConsumer<S, T, U, V> {
    void accept(S s, T t, U u, V v);
}
