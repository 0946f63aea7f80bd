package io.millrace.api.function;

/** A function of three values. */
@FunctionalInterface
public interface TriFunction<S, T, U, R> {
    R apply(S s, T t, U u);
}
