package io.millrace.api.window;

import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.type.Types;
import java.time.Duration;
import java.util.Objects;

/**
 * Fires when another trigger fires, and when the wall clock has passed a time-out since a record.
 * Whatever timer of the window goes off, it fires.
 *
 * @param <T> the records
 * @param <W> the windows
 */
public class ProcessingTimeoutTrigger<T, W extends Window> extends Trigger<T, W> {
    private static final long serialVersionUID = 1L;

    private final Trigger<T, W> nestedTrigger;
    private final long timeoutMs;
    private final boolean resetTimerOnNewRecord;
    private final boolean shouldClearOnTimeout;
    private final ValueStateDescriptor<Long> deadline =
            new ValueStateDescriptor<>("timeout", Types.LONG);

    private ProcessingTimeoutTrigger(
            Trigger<T, W> nestedTrigger,
            long timeoutMs,
            boolean resetTimerOnNewRecord,
            boolean shouldClearOnTimeout) {
        if (timeoutMs < 0) {
            throw new IllegalArgumentException(
                    "The time-out of a window is at least 0 ms, not " + timeoutMs + " ms.");
        }
        this.nestedTrigger = Objects.requireNonNull(nestedTrigger);
        this.timeoutMs = timeoutMs;
        this.resetTimerOnNewRecord = resetTimerOnNewRecord;
        this.shouldClearOnTimeout = shouldClearOnTimeout;
    }

    /** From the first record since it fired last; the other trigger begins anew then. */
    public static <T, W extends Window> ProcessingTimeoutTrigger<T, W> of(
            Trigger<T, W> nestedTrigger, Duration timeout) {
        return of(nestedTrigger, timeout, false, true);
    }

    /**
     * @param resetTimerOnNewRecord true to wait from the last record on, not the first
     * @param shouldClearOnTimeout whether the other trigger forgets what it knows when time is out
     */
    public static <T, W extends Window> ProcessingTimeoutTrigger<T, W> of(
            Trigger<T, W> nestedTrigger,
            Duration timeout,
            boolean resetTimerOnNewRecord,
            boolean shouldClearOnTimeout) {
        return new ProcessingTimeoutTrigger<>(
                nestedTrigger, timeout.toMillis(), resetTimerOnNewRecord, shouldClearOnTimeout);
    }

    @Override
    public TriggerResult onElement(T element, long timestamp, W window, TriggerContext ctx)
            throws Exception {
        TriggerResult result = nestedTrigger.onElement(element, timestamp, window, ctx);
        if (result.isFire()) {
            clear(window, ctx);
            return result;
        }
        ValueState<Long> state = ctx.getPartitionedState(deadline);
        Long before = state.value();
        if (before != null && !resetTimerOnNewRecord) {
            return result;
        }
        if (before != null) {
            ctx.deleteProcessingTimeTimer(before);
        }
        long at = ctx.getCurrentProcessingTime() + timeoutMs;
        state.update(at);
        ctx.registerProcessingTimeTimer(at);
        return result;
    }

    @Override
    public TriggerResult onEventTime(long time, W window, TriggerContext ctx) throws Exception {
        return fired(nestedTrigger.onEventTime(time, window, ctx), window, ctx);
    }

    @Override
    public TriggerResult onProcessingTime(long time, W window, TriggerContext ctx)
            throws Exception {
        return fired(nestedTrigger.onProcessingTime(time, window, ctx), window, ctx);
    }

    private TriggerResult fired(TriggerResult nested, W window, TriggerContext ctx)
            throws Exception {
        if (shouldClearOnTimeout) {
            clear(window, ctx);
        }
        return nested.isPurge() ? TriggerResult.FIRE_AND_PURGE : TriggerResult.FIRE;
    }

    @Override
    public void clear(W window, TriggerContext ctx) throws Exception {
        ValueState<Long> state = ctx.getPartitionedState(deadline);
        Long at = state.value();
        if (at != null) {
            ctx.deleteProcessingTimeTimer(at);
            state.clear();
        }
        nestedTrigger.clear(window, ctx);
    }

    @Override
    public String toString() {
        return "ProcessingTimeoutTrigger(" + nestedTrigger + ", " + timeoutMs + ")";
    }
}
