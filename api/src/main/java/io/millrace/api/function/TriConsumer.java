package io.millrace.api.function;

/** Takes three values and returns nothing. */
@FunctionalInterface
public interface TriConsumer<S, T, U> {
    void accept(S s, T t, U u);
}
