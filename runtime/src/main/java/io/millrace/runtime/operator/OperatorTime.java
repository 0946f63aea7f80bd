package io.millrace.runtime.operator;

import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;
import io.millrace.runtime.time.KeyedTimers;
import java.util.function.LongSupplier;

/** The time of one operator, and the timers of its current key. Confined to its task. */
final class OperatorTime implements TimerService {
    private final LongSupplier clockMs;
    // Null on streams without keys, as the timers.
    private final KeyedScope keys;
    private final KeyedTimers timers;
    private long watermarkMs = Long.MIN_VALUE;

    OperatorTime(LongSupplier clockMs, KeyedScope keys, KeyedTimers timers) {
        this.clockMs = clockMs;
        this.keys = keys;
        this.timers = timers;
    }

    /** Event time has come so far; timers that are due fire. */
    void onWatermark(long timestampMs) {
        watermarkMs = timestampMs;
        if (timers != null) {
            timers.onWatermark(timestampMs);
        }
    }

    /** All time of the current key passes; then time begins anew. Only where there are timers. */
    void endKey() {
        watermarkMs = Long.MAX_VALUE;
        timers.fireAll();
        watermarkMs = Long.MIN_VALUE;
    }

    @Override
    public long currentProcessingTime() {
        return clockMs.getAsLong();
    }

    @Override
    public long currentWatermark() {
        return watermarkMs;
    }

    @Override
    public void registerProcessingTimeTimer(long time) {
        register(TimeDomain.PROCESSING_TIME, time);
    }

    @Override
    public void registerEventTimeTimer(long time) {
        register(TimeDomain.EVENT_TIME, time);
    }

    private void register(TimeDomain domain, long time) {
        keyed(UNSUPPORTED_REGISTER_TIMER_MSG)
                .register(domain, time, keys.key(), keys.keyHash(), null);
    }

    @Override
    public void deleteProcessingTimeTimer(long time) {
        delete(TimeDomain.PROCESSING_TIME, time);
    }

    @Override
    public void deleteEventTimeTimer(long time) {
        delete(TimeDomain.EVENT_TIME, time);
    }

    private void delete(TimeDomain domain, long time) {
        keyed(UNSUPPORTED_DELETE_TIMER_MSG).delete(domain, time, keys.key(), keys.keyHash(), null);
    }

    private KeyedTimers keyed(String otherwise) {
        if (timers == null) {
            throw new UnsupportedOperationException(otherwise);
        }
        return timers;
    }
}
