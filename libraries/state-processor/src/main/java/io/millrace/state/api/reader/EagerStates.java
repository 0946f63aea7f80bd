package io.millrace.state.api.reader;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.state.api.saved.SavedOperator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The states that a reader function may use: those of the savepoint that it registers before it is
 * shown keys, since they say which keys there are. Confined to its task.
 */
final class EagerStates implements KeyedStateStore {
    private final SavedOperator operator;
    private final KeyedStateStore states;
    private final Set<String> registered = new LinkedHashSet<>();
    private boolean open = true;

    EagerStates(SavedOperator operator, KeyedStateStore states) {
        this.operator = operator;
        this.states = states;
    }

    /** No more states from here on. Gives the names of those that were registered. */
    Set<String> registered() {
        open = false;
        return registered;
    }

    private void register(StateDescriptor<?, ?> descriptor) {
        String name = descriptor.getName();
        if (registered.contains(name)) {
            return;
        }
        if (!open) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the state '"
                            + name
                            + "' of operator '"
                            + operator.entry().id()
                            + "' is asked for while keys are read. Ask for all states in open(),"
                            + " since they say which keys there are; registered were "
                            + registered
                            + ".");
        }
        if (operator.hasRows() && !operator.hasTable(name)) {
            throw operator.noSuchState(name, "keyed state");
        }
        registered.add(name);
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> stateProperties) {
        register(stateProperties);
        return states.getState(stateProperties);
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> stateProperties) {
        register(stateProperties);
        return states.getListState(stateProperties);
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> stateProperties) {
        register(stateProperties);
        return states.getReducingState(stateProperties);
    }

    @Override
    public <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
            AggregatingStateDescriptor<IN, ACC, OUT> stateProperties) {
        register(stateProperties);
        return states.getAggregatingState(stateProperties);
    }

    @Override
    public <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> stateProperties) {
        register(stateProperties);
        return states.getMapState(stateProperties);
    }

    @Override
    public String getBackendTypeIdentifier() {
        return states.getBackendTypeIdentifier();
    }
}
