package io.millrace.runtime.operator;

import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;
import io.millrace.runtime.time.KeyedTimers;
import java.util.function.LongSupplier;

/** The time of one operator, and the timers of its current key. Confined to its task. */
final class OperatorTime implements TimerService {
    private final LongSupplier clockMs;
    private final RecordMoment moment;
    // Null on streams without keys.
    private final KeyedTimers timers;
    private long watermarkMs = Long.MIN_VALUE;

    OperatorTime(LongSupplier clockMs, RecordMoment moment, KeyedTimers timers) {
        this.clockMs = clockMs;
        this.moment = moment;
        this.timers = timers;
    }

    /** Event time has come so far; timers that are due fire. */
    void onWatermark(long timestampMs) {
        watermarkMs = timestampMs;
        if (timers != null) {
            timers.onWatermark(timestampMs);
        }
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
        keyed(UNSUPPORTED_REGISTER_TIMER_MSG)
                .register(TimeDomain.PROCESSING_TIME, time, moment.key);
    }

    @Override
    public void registerEventTimeTimer(long time) {
        keyed(UNSUPPORTED_REGISTER_TIMER_MSG).register(TimeDomain.EVENT_TIME, time, moment.key);
    }

    @Override
    public void deleteProcessingTimeTimer(long time) {
        keyed(UNSUPPORTED_DELETE_TIMER_MSG).delete(TimeDomain.PROCESSING_TIME, time, moment.key);
    }

    @Override
    public void deleteEventTimeTimer(long time) {
        keyed(UNSUPPORTED_DELETE_TIMER_MSG).delete(TimeDomain.EVENT_TIME, time, moment.key);
    }

    private KeyedTimers keyed(String otherwise) {
        if (timers == null) {
            throw new UnsupportedOperationException(otherwise);
        }
        return timers;
    }
}
