package io.millrace.runtime.operator;

import io.millrace.api.checkpoint.KeyGroupStatePartitionStreamProvider;
import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.checkpoint.StatePartitionStreamProvider;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.OperatorStateStore;
import java.util.OptionalLong;

/** What a function or an operator of a program is given to ask for its states. */
final class InitializationScope implements StateInitializationContext {
    private final OperatorContext context;
    private final OperatorStateStore states;

    InitializationScope(OperatorContext context, OperatorStateStore states) {
        this.context = context;
        this.states = states;
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return context.restoredCheckpointId();
    }

    @Override
    public OperatorStateStore getOperatorStateStore() {
        return states;
    }

    @Override
    public KeyedStateStore getKeyedStateStore() {
        return new ContextStates(context.runtimeContext());
    }

    @Override
    public Iterable<StatePartitionStreamProvider> getRawOperatorStateInputs() {
        return RawState.partitions(context);
    }

    @Override
    public Iterable<KeyGroupStatePartitionStreamProvider> getRawKeyedStateInputs() {
        return RawState.keyGroups(context);
    }
}
