package io.millrace.api.window;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.type.Types;
import java.io.Serializable;

/**
 * When a window that fires again and again does so next: at multiples of an interval, and at its
 * end at the latest. Kept in a state of the key and window, as the earliest where windows merge.
 */
final class NextFiring implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long intervalMs;
    private final ReducingStateDescriptor<Long> next =
            new ReducingStateDescriptor<>("fire-time", new Earliest(), Types.LONG);

    NextFiring(long intervalMs) {
        if (intervalMs <= 0) {
            throw new IllegalArgumentException(
                    "The interval in which a window fires is at least 1 ms, not "
                            + intervalMs
                            + " ms.");
        }
        this.intervalMs = intervalMs;
    }

    long intervalMs() {
        return intervalMs;
    }

    /** Null if nothing is planned. */
    Long get(Trigger.TriggerContext ctx) throws Exception {
        return ctx.getPartitionedState(next).get();
    }

    /**
     * The next multiple of the interval after a time, now planned; {@code Long.MIN_VALUE} if the
     * window has ended by then.
     */
    long planAfter(long time, Window window, Trigger.TriggerContext ctx) throws Exception {
        ReducingState<Long> state = ctx.getPartitionedState(next);
        state.clear();
        long start = TimeWindow.getWindowStartWithOffset(time, 0, intervalMs);
        long planned =
                Math.min(TimeWindow.startingAt(start, intervalMs).getEnd(), window.maxTimestamp());
        if (planned <= time) {
            return Long.MIN_VALUE;
        }
        state.add(planned);
        return planned;
    }

    void merge(Trigger.OnMergeContext ctx) {
        ctx.mergePartitionedState(next);
    }

    void clear(Trigger.TriggerContext ctx) throws Exception {
        ctx.getPartitionedState(next).clear();
    }

    private static final class Earliest implements ReduceFunction<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long reduce(Long value1, Long value2) {
            return Math.min(value1, value2);
        }
    }
}
