package io.millrace.api.window;

import io.millrace.api.time.Time;
import java.time.Duration;
import java.util.Collection;

/** Sessions by event time: each ends when a gap has passed without another record. */
public class EventTimeSessionWindows extends SessionWindows<Object> {
    private static final long serialVersionUID = 1L;

    protected long sessionTimeout;

    /**
     * @param sessionTimeout the gap in milliseconds
     */
    protected EventTimeSessionWindows(long sessionTimeout) {
        this.sessionTimeout = checkGap(sessionTimeout);
    }

    public static EventTimeSessionWindows withGap(Duration size) {
        return new EventTimeSessionWindows(size.toMillis());
    }

    /**
     * @deprecated use {@link #withGap(Duration)}
     */
    @Deprecated
    public static EventTimeSessionWindows withGap(Time size) {
        return withGap(size.toDuration());
    }

    /** With a gap that each record may say. */
    public static <T> DynamicEventTimeSessionWindows<T> withDynamicGap(
            SessionWindowTimeGapExtractor<T> sessionWindowTimeGapExtractor) {
        return new DynamicEventTimeSessionWindows<>(sessionWindowTimeGapExtractor);
    }

    @Override
    public long gapAfter(Object element) {
        return sessionTimeout;
    }

    @Override
    public Collection<TimeWindow> assignWindows(
            Object element, long timestamp, WindowAssignerContext context) {
        NoTimestamp.check(timestamp, this);
        return windowsAt(element, timestamp);
    }

    @Override
    public Trigger<Object, TimeWindow> getDefaultTrigger() {
        return EventTimeTrigger.create();
    }

    @Override
    public boolean isEventTime() {
        return true;
    }

    @Override
    public String toString() {
        return "EventTimeSessionWindows(" + sessionTimeout + ")";
    }
}
