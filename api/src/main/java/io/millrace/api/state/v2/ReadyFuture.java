package io.millrace.api.state.v2;

import io.millrace.api.function.BiFunctionWithException;
import io.millrace.api.function.FunctionWithException;
import io.millrace.api.function.ThrowingConsumer;
import io.millrace.api.tuple.Tuple2;

/**
 * A future that is complete. Immutable.
 *
 * @param value may be null
 */
record ReadyFuture<T>(T value) implements StateFuture<T> {
    private static final ReadyFuture<Void> DONE = new ReadyFuture<>(null);

    static StateFuture<Void> done() {
        return DONE;
    }

    /** What a future of this package holds. */
    private static <U> U valueOf(StateFuture<U> future) {
        if (future instanceof ReadyFuture<U> ready) {
            return ready.value;
        }
        throw new IllegalArgumentException(
                "A future of a state is one that a state has given, not "
                        + (future == null ? "null" : "a " + future.getClass().getName())
                        + ".");
    }

    private <R> R call(FunctionWithException<? super T, R, ? extends Exception> function) {
        return FunctionWithException.unchecked(function).apply(value);
    }

    private void run(ThrowingConsumer<? super T, ? extends Exception> action) {
        ThrowingConsumer.unchecked(action).accept(value);
    }

    @Override
    public <U> StateFuture<U> thenApply(
            FunctionWithException<? super T, ? extends U, ? extends Exception> fn) {
        return new ReadyFuture<>(this.<U>call(fn::apply));
    }

    @Override
    public StateFuture<Void> thenAccept(ThrowingConsumer<? super T, ? extends Exception> action) {
        run(action);
        return DONE;
    }

    @Override
    public <U> StateFuture<U> thenCompose(
            FunctionWithException<? super T, ? extends StateFuture<U>, ? extends Exception>
                    action) {
        return new ReadyFuture<>(valueOf(this.<StateFuture<U>>call(action::apply)));
    }

    @Override
    public <U, V> StateFuture<V> thenCombine(
            StateFuture<? extends U> other,
            BiFunctionWithException<? super T, ? super U, ? extends V, ? extends Exception> fn) {
        U second = valueOf(other);
        return new ReadyFuture<>(this.<V>call(first -> fn.apply(first, second)));
    }

    @Override
    public <U, V> StateFuture<Tuple2<Boolean, Object>> thenConditionallyApply(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            FunctionWithException<? super T, ? extends U, ? extends Exception> actionIfTrue,
            FunctionWithException<? super T, ? extends V, ? extends Exception> actionIfFalse) {
        boolean holds = this.<Boolean>call(condition::apply);
        Object result =
                holds ? this.<U>call(actionIfTrue::apply) : this.<V>call(actionIfFalse::apply);
        return new ReadyFuture<>(Tuple2.of(holds, result));
    }

    @Override
    public <U> StateFuture<Tuple2<Boolean, U>> thenConditionallyApply(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            FunctionWithException<? super T, ? extends U, ? extends Exception> actionIfTrue) {
        boolean holds = this.<Boolean>call(condition::apply);
        return new ReadyFuture<>(
                Tuple2.of(holds, holds ? this.<U>call(actionIfTrue::apply) : null));
    }

    @Override
    public StateFuture<Boolean> thenConditionallyAccept(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            ThrowingConsumer<? super T, ? extends Exception> actionIfTrue,
            ThrowingConsumer<? super T, ? extends Exception> actionIfFalse) {
        boolean holds = this.<Boolean>call(condition::apply);
        run(holds ? actionIfTrue : actionIfFalse);
        return new ReadyFuture<>(holds);
    }

    @Override
    public StateFuture<Boolean> thenConditionallyAccept(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            ThrowingConsumer<? super T, ? extends Exception> actionIfTrue) {
        return thenConditionallyAccept(condition, actionIfTrue, given -> {});
    }

    @Override
    public <U, V> StateFuture<Tuple2<Boolean, Object>> thenConditionallyCompose(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            FunctionWithException<? super T, ? extends StateFuture<U>, ? extends Exception>
                    actionIfTrue,
            FunctionWithException<? super T, ? extends StateFuture<V>, ? extends Exception>
                    actionIfFalse) {
        boolean holds = this.<Boolean>call(condition::apply);
        Object result =
                holds
                        ? valueOf(this.<StateFuture<U>>call(actionIfTrue::apply))
                        : valueOf(this.<StateFuture<V>>call(actionIfFalse::apply));
        return new ReadyFuture<>(Tuple2.of(holds, result));
    }

    @Override
    public <U> StateFuture<Tuple2<Boolean, U>> thenConditionallyCompose(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            FunctionWithException<? super T, ? extends StateFuture<U>, ? extends Exception>
                    actionIfTrue) {
        boolean holds = this.<Boolean>call(condition::apply);
        return new ReadyFuture<>(
                Tuple2.of(
                        holds,
                        holds ? valueOf(this.<StateFuture<U>>call(actionIfTrue::apply)) : null));
    }
}
