package io.millrace.api.state.v2;

import io.millrace.api.function.BiFunctionWithException;
import io.millrace.api.function.FunctionWithException;
import io.millrace.api.function.ThrowingConsumer;
import io.millrace.api.tuple.Tuple2;

/**
 * The outcome of a call to a state. What is hung onto it runs on the task's thread, with the key
 * that was current when the call was made. Confined to the task.
 *
 * <p>What a function throws fails the task, as if it had been thrown where the future was made.
 */
public interface StateFuture<T> {
    <U> StateFuture<U> thenApply(
            FunctionWithException<? super T, ? extends U, ? extends Exception> fn);

    StateFuture<Void> thenAccept(ThrowingConsumer<? super T, ? extends Exception> action);

    <U> StateFuture<U> thenCompose(
            FunctionWithException<? super T, ? extends StateFuture<U>, ? extends Exception> action);

    <U, V> StateFuture<V> thenCombine(
            StateFuture<? extends U> other,
            BiFunctionWithException<? super T, ? super U, ? extends V, ? extends Exception> fn);

    /**
     * Applies one function or the other.
     *
     * @return whether the condition held, and the result
     */
    <U, V> StateFuture<Tuple2<Boolean, Object>> thenConditionallyApply(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            FunctionWithException<? super T, ? extends U, ? extends Exception> actionIfTrue,
            FunctionWithException<? super T, ? extends V, ? extends Exception> actionIfFalse);

    /**
     * Applies the function if the condition holds.
     *
     * @return whether it held, and the result or null
     */
    <U> StateFuture<Tuple2<Boolean, U>> thenConditionallyApply(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            FunctionWithException<? super T, ? extends U, ? extends Exception> actionIfTrue);

    /**
     * Runs one action or the other.
     *
     * @return whether the condition held
     */
    StateFuture<Boolean> thenConditionallyAccept(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            ThrowingConsumer<? super T, ? extends Exception> actionIfTrue,
            ThrowingConsumer<? super T, ? extends Exception> actionIfFalse);

    /**
     * Runs the action if the condition holds.
     *
     * @return whether it held
     */
    StateFuture<Boolean> thenConditionallyAccept(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            ThrowingConsumer<? super T, ? extends Exception> actionIfTrue);

    /**
     * Goes on with one future or the other.
     *
     * @return whether the condition held, and the result
     */
    <U, V> StateFuture<Tuple2<Boolean, Object>> thenConditionallyCompose(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            FunctionWithException<? super T, ? extends StateFuture<U>, ? extends Exception>
                    actionIfTrue,
            FunctionWithException<? super T, ? extends StateFuture<V>, ? extends Exception>
                    actionIfFalse);

    /**
     * Goes on with a future if the condition holds.
     *
     * @return whether it held, and the result or null
     */
    <U> StateFuture<Tuple2<Boolean, U>> thenConditionallyCompose(
            FunctionWithException<? super T, Boolean, ? extends Exception> condition,
            FunctionWithException<? super T, ? extends StateFuture<U>, ? extends Exception>
                    actionIfTrue);
}
