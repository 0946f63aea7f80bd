package io.millrace.api.window;

import io.millrace.api.time.Time;
import java.time.Duration;
import java.util.Collection;

/** Windows of one size that start at equal distances by event time, so that they may overlap. */
public class SlidingEventTimeWindows extends SlicedWindows {
    private static final long serialVersionUID = 1L;

    /** The most windows that a record may belong to. */
    public static final int MAX_WINDOW_NUM = SlicedWindows.MOST_WINDOWS;

    /** All in milliseconds. */
    protected SlidingEventTimeWindows(long size, long slide, long offset) {
        super(size, slide, offset);
    }

    /**
     * @param slide from one window's start to the next
     */
    public static SlidingEventTimeWindows of(Duration size, Duration slide) {
        return of(size, slide, Duration.ZERO);
    }

    /**
     * @param slide from one window's start to the next
     * @param offset from the epoch to a window's start; shorter than the slide
     */
    public static SlidingEventTimeWindows of(Duration size, Duration slide, Duration offset) {
        return new SlidingEventTimeWindows(size.toMillis(), slide.toMillis(), offset.toMillis());
    }

    /**
     * @deprecated use {@link #of(Duration, Duration)}
     */
    @Deprecated
    public static SlidingEventTimeWindows of(Time size, Time slide) {
        return of(size.toDuration(), slide.toDuration());
    }

    /**
     * @deprecated use {@link #of(Duration, Duration, Duration)}
     */
    @Deprecated
    public static SlidingEventTimeWindows of(Time size, Time slide, Time offset) {
        return of(size.toDuration(), slide.toDuration(), offset.toDuration());
    }

    @Override
    public Collection<TimeWindow> assignWindows(
            Object element, long timestamp, WindowAssignerContext context) {
        NoTimestamp.check(timestamp, this);
        return windowsAt(timestamp);
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
        return "SlidingEventTimeWindows(" + getSize() + ", " + getSlide() + ")";
    }
}
