package io.millrace.api.state.v2;

import io.millrace.api.function.FunctionWithException;
import io.millrace.api.function.ThrowingConsumer;
import java.util.Collection;

/** What a state has many of, to be gone through. Confined to the task. */
public interface StateIterator<T> {
    /** Calls the function with each, and gathers what its futures give, in order. */
    <U> StateFuture<Collection<U>> onNext(
            FunctionWithException<T, StateFuture<? extends U>, Exception> iterating);

    /** Calls the action with each. */
    StateFuture<Void> onNext(ThrowingConsumer<T, Exception> iterating);

    boolean isEmpty();
}
