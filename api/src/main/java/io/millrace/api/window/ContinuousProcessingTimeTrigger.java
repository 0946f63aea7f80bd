package io.millrace.api.window;

import io.millrace.api.time.Time;
import java.time.Duration;

/**
 * Fires each time the wall clock has passed another multiple of an interval, from a window's first
 * record on.
 *
 * @param <W> the windows
 */
public class ContinuousProcessingTimeTrigger<W extends Window> extends Trigger<Object, W> {
    private static final long serialVersionUID = 1L;

    private final NextFiring next;

    private ContinuousProcessingTimeTrigger(long intervalMs) {
        this.next = new NextFiring(intervalMs);
    }

    public static <W extends Window> ContinuousProcessingTimeTrigger<W> of(Duration interval) {
        return new ContinuousProcessingTimeTrigger<>(interval.toMillis());
    }

    /**
     * @deprecated use {@link #of(Duration)}
     */
    @Deprecated
    public static <W extends Window> ContinuousProcessingTimeTrigger<W> of(Time interval) {
        return of(interval.toDuration());
    }

    @Override
    public TriggerResult onElement(Object element, long timestamp, W window, TriggerContext ctx)
            throws Exception {
        if (next.get(ctx) == null) {
            plan(ctx.getCurrentProcessingTime(), window, ctx);
        }
        return TriggerResult.CONTINUE;
    }

    private void plan(long time, W window, TriggerContext ctx) throws Exception {
        long planned = next.planAfter(time, window, ctx);
        if (planned != Long.MIN_VALUE) {
            ctx.registerProcessingTimeTimer(planned);
        }
    }

    @Override
    public TriggerResult onEventTime(long time, W window, TriggerContext ctx) throws Exception {
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, W window, TriggerContext ctx)
            throws Exception {
        Long planned = next.get(ctx);
        if (planned == null || planned != time) {
            return TriggerResult.CONTINUE;
        }
        plan(time, window, ctx);
        return TriggerResult.FIRE;
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
            ctx.registerProcessingTimeTimer(planned);
        }
    }

    @Override
    public void clear(W window, TriggerContext ctx) throws Exception {
        Long planned = next.get(ctx);
        if (planned != null) {
            ctx.deleteProcessingTimeTimer(planned);
            next.clear(ctx);
        }
    }

    @Override
    public String toString() {
        return "ContinuousProcessingTimeTrigger(" + next.intervalMs() + ")";
    }
}
