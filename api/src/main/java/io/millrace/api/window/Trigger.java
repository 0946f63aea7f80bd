package io.millrace.api.window;

import io.millrace.api.metric.MetricGroup;
import io.millrace.api.state.MergingState;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.type.TypeInformation;
import java.io.Serializable;

/**
 * Decides when a window's result is emitted. One instance serves all keys and windows of a subtask,
 * so what it remembers is in the states of its context, which belong to key and window.
 *
 * @param <T> the records
 * @param <W> the windows
 */
public abstract class Trigger<T, W extends Window> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Called for each record that is put into a window. */
    public abstract TriggerResult onElement(T element, long timestamp, W window, TriggerContext ctx)
            throws Exception;

    /** Called when a timer of the wall clock fires that this trigger has registered. */
    public abstract TriggerResult onProcessingTime(long time, W window, TriggerContext ctx)
            throws Exception;

    /** Called when a timer of event time fires that this trigger has registered. */
    public abstract TriggerResult onEventTime(long time, W window, TriggerContext ctx)
            throws Exception;

    /** Whether windows that this trigger decides for may be merged. */
    public boolean canMerge() {
        return false;
    }

    /**
     * Windows have become one. Called only if {@link #canMerge}.
     *
     * @param window the merged one
     */
    public void onMerge(W window, OnMergeContext ctx) throws Exception {
        throw new UnsupportedOperationException(
                getClass().getName()
                        + " says that its windows may be merged, but does not say how: override"
                        + " onMerge.");
    }

    /** The window is gone: drops what the trigger has remembered and registered for it. */
    public abstract void clear(W window, TriggerContext ctx) throws Exception;

    /** Time, timers and states of one key and window. Implemented by the engine. */
    public interface TriggerContext {
        /** The wall clock, in milliseconds since the epoch. */
        long getCurrentProcessingTime();

        MetricGroup getMetricGroup();

        /** In milliseconds since the epoch; {@code Long.MIN_VALUE} before the first one. */
        long getCurrentWatermark();

        void registerProcessingTimeTimer(long time);

        void registerEventTimeTimer(long time);

        void deleteProcessingTimeTimer(long time);

        void deleteEventTimeTimer(long time);

        <S extends State> S getPartitionedState(StateDescriptor<S, ?> stateDescriptor);

        /**
         * @deprecated use {@link #getPartitionedState}
         */
        @Deprecated
        <S extends Serializable> ValueState<S> getKeyValueState(
                String name, Class<S> stateType, S defaultState);

        /**
         * @deprecated use {@link #getPartitionedState}
         */
        @Deprecated
        <S extends Serializable> ValueState<S> getKeyValueState(
                String name, TypeInformation<S> stateType, S defaultState);
    }

    /** The same where windows are merged. */
    public interface OnMergeContext extends TriggerContext {
        /** Puts what the merged windows have in a state into that of the new one. */
        <S extends MergingState<?, ?>> void mergePartitionedState(
                StateDescriptor<S, ?> stateDescriptor);
    }
}
