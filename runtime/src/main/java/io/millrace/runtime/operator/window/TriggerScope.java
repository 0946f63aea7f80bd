package io.millrace.runtime.operator.window;

import io.millrace.api.metric.MetricGroup;
import io.millrace.api.state.MergingState;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.operator.KeyedScope;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.state.user.NamespacedTables;
import io.millrace.runtime.state.user.UserStates;
import io.millrace.runtime.time.KeyedTimers;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;

/**
 * What a trigger is given: timers and states of the key and window of its operator's moment.
 * Confined to the task.
 */
final class TriggerScope implements Trigger.OnMergeContext {
    private final OperatorContext context;
    private final KeyedScope keys;
    private final KeyedTimers timers;
    private final WindowMoment moment;
    private final NamespacedTables tables;
    private final UserStates states;
    private Collection<Window> merged = List.of();

    TriggerScope(
            OperatorContext context,
            KeyedScope keys,
            KeyedTimers timers,
            NamespacedTables tables,
            WindowMoment moment) {
        this.context = context;
        this.keys = keys;
        this.timers = timers;
        this.moment = moment;
        this.tables = tables;
        this.states = keys.statesIn(tables);
    }

    /** All that follows is about this window. */
    void setWindow(Window window) {
        moment.window = window;
        tables.setNamespace(window);
    }

    /** The windows that have become the current one, for the call that follows. */
    void setMerged(Collection<Window> windows) {
        merged = windows;
    }

    @Override
    public long getCurrentProcessingTime() {
        return context.clockMs().getAsLong();
    }

    @Override
    public MetricGroup getMetricGroup() {
        return context.runtimeContext().getMetricGroup();
    }

    @Override
    public long getCurrentWatermark() {
        return moment.watermarkMs;
    }

    @Override
    public void registerProcessingTimeTimer(long time) {
        register(TimeDomain.PROCESSING_TIME, time);
    }

    @Override
    public void registerEventTimeTimer(long time) {
        register(TimeDomain.EVENT_TIME, time);
    }

    void register(TimeDomain domain, long timeMs) {
        timers.register(domain, timeMs, moment.key, keys.keyHash(), moment.window);
    }

    @Override
    public void deleteProcessingTimeTimer(long time) {
        delete(TimeDomain.PROCESSING_TIME, time);
    }

    @Override
    public void deleteEventTimeTimer(long time) {
        delete(TimeDomain.EVENT_TIME, time);
    }

    void delete(TimeDomain domain, long timeMs) {
        timers.delete(domain, timeMs, moment.key, keys.keyHash(), moment.window);
    }

    @Override
    public <S extends State> S getPartitionedState(StateDescriptor<S, ?> stateDescriptor) {
        return stateDescriptor.in(states);
    }

    @Override
    @Deprecated
    public <S extends Serializable> ValueState<S> getKeyValueState(
            String name, Class<S> stateType, S defaultState) {
        return getPartitionedState(new ValueStateDescriptor<>(name, stateType, defaultState));
    }

    @Override
    @Deprecated
    public <S extends Serializable> ValueState<S> getKeyValueState(
            String name, TypeInformation<S> stateType, S defaultState) {
        return getPartitionedState(new ValueStateDescriptor<>(name, stateType, defaultState));
    }

    @Override
    public <S extends MergingState<?, ?>> void mergePartitionedState(
            StateDescriptor<S, ?> stateDescriptor) {
        getPartitionedState(stateDescriptor);
        try {
            tables.merge(stateDescriptor, merged, moment.window);
        } catch (Exception e) {
            throw UserCodeException.of(context.name(), e);
        }
    }
}
