package io.millrace.api.window;

import io.millrace.api.time.Time;
import java.time.Duration;
import java.util.Collection;

/**
 * Windows of one size that start at equal distances by processing time, so that they may overlap.
 */
public class SlidingProcessingTimeWindows extends SlicedWindows {
    private static final long serialVersionUID = 1L;

    /** All in milliseconds. */
    private SlidingProcessingTimeWindows(long size, long slide, long offset) {
        super(size, slide, offset);
    }

    /**
     * @param slide from one window's start to the next
     */
    public static SlidingProcessingTimeWindows of(Duration size, Duration slide) {
        return of(size, slide, Duration.ZERO);
    }

    /**
     * @param slide from one window's start to the next
     * @param offset from the epoch to a window's start; shorter than the slide
     */
    public static SlidingProcessingTimeWindows of(Duration size, Duration slide, Duration offset) {
        return new SlidingProcessingTimeWindows(
                size.toMillis(), slide.toMillis(), offset.toMillis());
    }

    /**
     * @deprecated use {@link #of(Duration, Duration)}
     */
    @Deprecated
    public static SlidingProcessingTimeWindows of(Time size, Time slide) {
        return of(size.toDuration(), slide.toDuration());
    }

    /**
     * @deprecated use {@link #of(Duration, Duration, Duration)}
     */
    @Deprecated
    public static SlidingProcessingTimeWindows of(Time size, Time slide, Time offset) {
        return of(size.toDuration(), slide.toDuration(), offset.toDuration());
    }

    @Override
    public Collection<TimeWindow> assignWindows(
            Object element, long timestamp, WindowAssignerContext context) {
        return windowsAt(context.getCurrentProcessingTime());
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
        return "SlidingProcessingTimeWindows(" + getSize() + ", " + getSlide() + ")";
    }
}
