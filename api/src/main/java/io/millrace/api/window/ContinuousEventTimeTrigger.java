package io.millrace.api.window;

import io.millrace.api.time.Time;
import java.time.Duration;

/**
 * Fires each time event time has passed another multiple of an interval, and at the window's end. A
 * window without an end does so when all time is over.
 *
 * @param <W> the windows
 */
public class ContinuousEventTimeTrigger<W extends Window> extends Trigger<Object, W> {
    private static final long serialVersionUID = 1L;

    private final NextFiring next;

    private ContinuousEventTimeTrigger(long intervalMs) {
        this.next = new NextFiring(intervalMs);
    }

    public static <W extends Window> ContinuousEventTimeTrigger<W> of(Duration interval) {
        return new ContinuousEventTimeTrigger<>(interval.toMillis());
    }

    /**
     * @deprecated use {@link #of(Duration)}
     */
    @Deprecated
    public static <W extends Window> ContinuousEventTimeTrigger<W> of(Time interval) {
        return of(interval.toDuration());
    }

    @Override
    public TriggerResult onElement(Object element, long timestamp, W window, TriggerContext ctx)
            throws Exception {
        if (window.maxTimestamp() <= ctx.getCurrentWatermark()) {
            return TriggerResult.FIRE;
        }
        ctx.registerEventTimeTimer(window.maxTimestamp());
        if (next.get(ctx) == null) {
            plan(timestamp, window, ctx);
        }
        return TriggerResult.CONTINUE;
    }

    private void plan(long time, W window, TriggerContext ctx) throws Exception {
        if (window.maxTimestamp() == Long.MAX_VALUE
                && ctx.getCurrentWatermark() == Long.MAX_VALUE) {
            next.clear(ctx); // there would be no last one
            return;
        }
        long planned = next.planAfter(time, window, ctx);
        if (planned != Long.MIN_VALUE) {
            ctx.registerEventTimeTimer(planned);
        }
    }

    @Override
    public TriggerResult onEventTime(long time, W window, TriggerContext ctx) throws Exception {
        if (time == window.maxTimestamp()) {
            return TriggerResult.FIRE;
        }
        Long planned = next.get(ctx);
        if (planned == null || planned != time) {
            return TriggerResult.CONTINUE;
        }
        plan(time, window, ctx);
        return TriggerResult.FIRE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, W window, TriggerContext ctx)
            throws Exception {
        return TriggerResult.CONTINUE;
    }

    @Override
    public boolean canMerge() {
        return true;
    }

    @Override
    public void onMerge(W window, OnMergeContext ctx) throws Exception {
        next.merge(ctx);
        Long planned = next.get(ctx);
        if (planned != null) {
            ctx.registerEventTimeTimer(planned);
        }
    }

    @Override
    public void clear(W window, TriggerContext ctx) throws Exception {
        Long planned = next.get(ctx);
        if (planned != null) {
            ctx.deleteEventTimeTimer(planned);
            next.clear(ctx);
        }
        ctx.deleteEventTimeTimer(window.maxTimestamp());
    }

    @Override
    public String toString() {
        return "ContinuousEventTimeTrigger(" + next.intervalMs() + ")";
    }
}
