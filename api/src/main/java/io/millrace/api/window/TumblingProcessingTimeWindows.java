package io.millrace.api.window;

import io.millrace.api.time.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;

/** Windows of one size, one after the other, by processing time. */
public class TumblingProcessingTimeWindows extends SlicedWindows {
    private static final long serialVersionUID = 1L;

    private final WindowStagger windowStagger;
    // Null until the first record of the subtask, if windows are staggered.
    private transient Long staggered;

    /** All in milliseconds. */
    private TumblingProcessingTimeWindows(long size, long offset, WindowStagger windowStagger) {
        super(size, size, offset);
        this.windowStagger = Objects.requireNonNull(windowStagger);
    }

    public static TumblingProcessingTimeWindows of(Duration size) {
        return of(size, Duration.ZERO);
    }

    /**
     * @param offset from the epoch to a window's start; shorter than the size
     */
    public static TumblingProcessingTimeWindows of(Duration size, Duration offset) {
        return of(size, offset, WindowStagger.ALIGNED);
    }

    /**
     * @param offset from the epoch to a window's start; shorter than the size
     * @param windowStagger by what the windows of a subtask are moved further
     */
    public static TumblingProcessingTimeWindows of(
            Duration size, Duration offset, WindowStagger windowStagger) {
        return new TumblingProcessingTimeWindows(size.toMillis(), offset.toMillis(), windowStagger);
    }

    /**
     * @deprecated use {@link #of(Duration)}
     */
    @Deprecated
    public static TumblingProcessingTimeWindows of(Time size) {
        return of(size.toDuration());
    }

    /**
     * @deprecated use {@link #of(Duration, Duration)}
     */
    @Deprecated
    public static TumblingProcessingTimeWindows of(Time size, Time offset) {
        return of(size.toDuration(), offset.toDuration());
    }

    /**
     * @deprecated use {@link #of(Duration, Duration, WindowStagger)}
     */
    @Deprecated
    public static TumblingProcessingTimeWindows of(
            Time size, Time offset, WindowStagger windowStagger) {
        return of(size.toDuration(), offset.toDuration(), windowStagger);
    }

    @Override
    public boolean isAligned() {
        return windowStagger == WindowStagger.ALIGNED;
    }

    @Override
    public Collection<TimeWindow> assignWindows(
            Object element, long timestamp, WindowAssignerContext context) {
        long now = context.getCurrentProcessingTime();
        return isAligned() ? windowsAt(now) : windowsAt(now, offsetNow(now));
    }

    private long offsetNow(long processingTimeMs) {
        if (staggered == null) {
            staggered = windowStagger.getStaggerOffset(processingTimeMs, getSize());
        }
        return (getOffset() + staggered) % getSize();
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
        return "TumblingProcessingTimeWindows(" + getSize() + ")";
    }
}
