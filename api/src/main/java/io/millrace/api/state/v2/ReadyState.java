package io.millrace.api.state.v2;

import io.millrace.api.function.FunctionWithException;
import io.millrace.api.function.ThrowingConsumer;

/**
 * What states over states without futures have in common. What those throw passes through,
 * unwrapped: the task fails with it. Confined to the task.
 */
abstract class ReadyState<S extends io.millrace.api.state.State> implements State {
    private final S state;

    ReadyState(S state) {
        this.state = state;
    }

    final <R> R call(FunctionWithException<S, R, Exception> call) {
        return FunctionWithException.unchecked(call).apply(state);
    }

    final void run(ThrowingConsumer<S, Exception> call) {
        ThrowingConsumer.unchecked(call).accept(state);
    }

    @Override
    public final void clear() {
        state.clear();
    }

    @Override
    public final StateFuture<Void> asyncClear() {
        clear();
        return ReadyFuture.done();
    }
}
