package io.millrace.runtime.state;

import io.millrace.api.tuple.Tuple2;
import java.util.function.LongSupplier;

/**
 * How long what a table has lives. Its values, elements and map values are pairs: the time of their
 * last use, in milliseconds since the epoch, and the value itself. Immutable.
 *
 * @param liveMs from the last use
 * @param clockMs the wall clock
 * @param notInFullSnapshots what has expired is left out of full checkpoints
 * @param cleanedRows that a back end in memory looks at for each key that uses the state; 0 for
 *     none
 * @param cleanedByRecord also for each key that does not use it
 * @param sweptInDatabase a back end with a database looks for what has expired there
 */
public record Lifetime(
        long liveMs,
        LongSupplier clockMs,
        boolean notInFullSnapshots,
        int cleanedRows,
        boolean cleanedByRecord,
        boolean sweptInDatabase) {

    public long nowMs() {
        return clockMs.getAsLong();
    }

    /** Whether a stamped value has lived long enough. */
    public boolean isOver(Object stamped, long nowMs) {
        return nowMs - usedMs(stamped) >= liveMs;
    }

    /** When it will have, if nobody uses it. */
    public long overAtMs(Object stamped) {
        long overMs = usedMs(stamped) + liveMs;
        return overMs < liveMs ? Long.MAX_VALUE : overMs;
    }

    private static long usedMs(Object stamped) {
        return (Long) ((Tuple2<?, ?>) stamped).f0;
    }
}
