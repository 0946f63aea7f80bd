package io.millrace.api.window;

import io.millrace.api.time.Time;
import java.time.Duration;
import java.util.Collection;

/** Sessions by processing time: each ends when a gap has passed without another record. */
public class ProcessingTimeSessionWindows extends SessionWindows<Object> {
    private static final long serialVersionUID = 1L;

    protected long sessionTimeout;

    /**
     * @param sessionTimeout the gap in milliseconds
     */
    protected ProcessingTimeSessionWindows(long sessionTimeout) {
        this.sessionTimeout = checkGap(sessionTimeout);
    }

    public static ProcessingTimeSessionWindows withGap(Duration size) {
        return new ProcessingTimeSessionWindows(size.toMillis());
    }

    /**
     * @deprecated use {@link #withGap(Duration)}
     */
    @Deprecated
    public static ProcessingTimeSessionWindows withGap(Time size) {
        return withGap(size.toDuration());
    }

    /** With a gap that each record may say. */
    public static <T> DynamicProcessingTimeSessionWindows<T> withDynamicGap(
            SessionWindowTimeGapExtractor<T> sessionWindowTimeGapExtractor) {
        return new DynamicProcessingTimeSessionWindows<>(sessionWindowTimeGapExtractor);
    }

    @Override
    public long gapAfter(Object element) {
        return sessionTimeout;
    }

    @Override
    public Collection<TimeWindow> assignWindows(
            Object element, long timestamp, WindowAssignerContext context) {
        return windowsAt(element, context.getCurrentProcessingTime());
    }

    @Override
    public Trigger<Object, TimeWindow> getDefaultTrigger() {
        return ProcessingTimeTrigger.create();
    }

    @Override
    public boolean isEventTime() {
        return false;
    }

    @Override
    public String toString() {
        return "ProcessingTimeSessionWindows(" + sessionTimeout + ")";
    }
}
