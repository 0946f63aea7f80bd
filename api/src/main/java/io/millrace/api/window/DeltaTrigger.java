package io.millrace.api.window;

import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.window.delta.DeltaFunction;

/**
 * Fires when a record differs by more than a threshold from the one with which the window fired
 * last, at first from its first record.
 *
 * @param <T> the records
 * @param <W> the windows
 */
public class DeltaTrigger<T, W extends Window> extends Trigger<T, W> {
    private static final long serialVersionUID = 1L;

    private final double threshold;
    private final DeltaFunction<T> deltaFunction;
    private final ValueStateDescriptor<T> last;

    private DeltaTrigger(
            double threshold, DeltaFunction<T> deltaFunction, TypeSerializer<T> stateSerializer) {
        this.threshold = threshold;
        this.deltaFunction = deltaFunction;
        this.last = new ValueStateDescriptor<>("last-element", stateSerializer);
    }

    /**
     * @param stateSerializer writes the record that others are compared with
     */
    public static <T, W extends Window> DeltaTrigger<T, W> of(
            double threshold, DeltaFunction<T> deltaFunction, TypeSerializer<T> stateSerializer) {
        return new DeltaTrigger<>(threshold, deltaFunction, stateSerializer);
    }

    @Override
    public TriggerResult onElement(T element, long timestamp, W window, TriggerContext ctx)
            throws Exception {
        ValueState<T> state = ctx.getPartitionedState(last);
        T before = state.value();
        if (before == null) {
            state.update(element);
            return TriggerResult.CONTINUE;
        }
        if (deltaFunction.getDelta(before, element) <= threshold) {
            return TriggerResult.CONTINUE;
        }
        state.update(element);
        return TriggerResult.FIRE;
    }

    @Override
    public TriggerResult onEventTime(long time, W window, TriggerContext ctx) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, W window, TriggerContext ctx)
            throws Exception {
        return TriggerResult.CONTINUE;
    }

    @Override
    public void clear(W window, TriggerContext ctx) throws Exception {
        ctx.getPartitionedState(last).clear();
    }

    @Override
    public String toString() {
        return "DeltaTrigger(" + deltaFunction + ", " + threshold + ")";
    }
}
