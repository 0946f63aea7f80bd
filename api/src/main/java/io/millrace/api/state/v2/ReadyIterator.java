package io.millrace.api.state.v2;

import io.millrace.api.function.FunctionWithException;
import io.millrace.api.function.ThrowingConsumer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Elements that are at hand. Confined to the task.
 *
 * @param elements not copied
 */
record ReadyIterator<T>(List<T> elements) implements StateIterator<T> {
    @Override
    public <U> StateFuture<Collection<U>> onNext(
            FunctionWithException<T, StateFuture<? extends U>, Exception> iterating) {
        Function<T, StateFuture<? extends U>> each = FunctionWithException.unchecked(iterating);
        List<U> results = new ArrayList<>(elements.size());
        for (T element : elements) {
            each.apply(element).thenAccept(results::add);
        }
        return new ReadyFuture<>(results);
    }

    @Override
    public StateFuture<Void> onNext(ThrowingConsumer<T, Exception> iterating) {
        elements.forEach(ThrowingConsumer.unchecked(iterating));
        return ReadyFuture.done();
    }

    @Override
    public boolean isEmpty() {
        return elements.isEmpty();
    }
}
