package io.millrace.api.operator;

import io.millrace.api.function.OutputTag;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;

/**
 * What a process function sees of the record or timer at hand, where it emits, and its timers.
 * Confined to its operator.
 */
final class FunctionMoment<OUT> implements TimerService {
    private final Output<StreamRecord<OUT>> output;
    private final ProcessingTimeService clock;
    // Null on streams without keys.
    private final InternalTimerService<VoidNamespace> timers;
    private final TimestampedCollector<OUT> collector;
    private long watermarkMs = Long.MIN_VALUE;
    // Null without one.
    private Long timestampMs;
    private long timerMs;
    private TimeDomain domain;

    FunctionMoment(
            Output<StreamRecord<OUT>> output,
            ProcessingTimeService clock,
            InternalTimerService<VoidNamespace> timers) {
        this.output = output;
        this.clock = clock;
        this.timers = timers;
        this.collector = new TimestampedCollector<>(output);
    }

    void ofRecord(StreamRecord<?> element) {
        timestampMs = element.hasTimestamp() ? element.getTimestamp() : null;
        collector.setTimestamp(element);
    }

    /** What is emitted for a timer of the wall clock has no timestamp. */
    void ofTimer(TimeDomain timeDomain, long timestamp) {
        domain = timeDomain;
        timerMs = timestamp;
        if (timeDomain == TimeDomain.EVENT_TIME) {
            timestampMs = timestamp;
            collector.setAbsoluteTimestamp(timestamp);
        } else {
            timestampMs = null;
            collector.eraseTimestamp();
        }
    }

    void onWatermark(long timestamp) {
        watermarkMs = timestamp;
    }

    Long timestamp() {
        return timestampMs;
    }

    long timerTimestamp() {
        return timerMs;
    }

    TimeDomain domain() {
        return domain;
    }

    TimestampedCollector<OUT> collector() {
        return collector;
    }

    <X> void output(OutputTag<X> tag, X value) {
        if (tag == null) {
            throw new IllegalArgumentException("The output tag is null.");
        }
        output.collect(
                tag,
                timestampMs == null
                        ? new StreamRecord<>(value)
                        : new StreamRecord<>(value, timestampMs));
    }

    @Override
    public long currentProcessingTime() {
        return clock.getCurrentProcessingTime();
    }

    @Override
    public long currentWatermark() {
        return timers == null ? watermarkMs : timers.currentWatermark();
    }

    @Override
    public void registerProcessingTimeTimer(long time) {
        keyed(UNSUPPORTED_REGISTER_TIMER_MSG)
                .registerProcessingTimeTimer(VoidNamespace.INSTANCE, time);
    }

    @Override
    public void registerEventTimeTimer(long time) {
        keyed(UNSUPPORTED_REGISTER_TIMER_MSG).registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    @Override
    public void deleteProcessingTimeTimer(long time) {
        keyed(UNSUPPORTED_DELETE_TIMER_MSG).deleteProcessingTimeTimer(VoidNamespace.INSTANCE, time);
    }

    @Override
    public void deleteEventTimeTimer(long time) {
        keyed(UNSUPPORTED_DELETE_TIMER_MSG).deleteEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    private InternalTimerService<VoidNamespace> keyed(String otherwise) {
        if (timers == null) {
            throw new UnsupportedOperationException(otherwise);
        }
        return timers;
    }
}
