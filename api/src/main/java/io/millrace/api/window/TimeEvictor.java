package io.millrace.api.window;

import io.millrace.api.time.Time;
import java.time.Duration;
import java.util.Iterator;

/**
 * Keeps the records of a window whose time is less than a size before the latest one's. Records
 * without timestamps all stay.
 *
 * @param <W> the windows
 */
public class TimeEvictor<W extends Window> implements Evictor<Object, W> {
    private static final long serialVersionUID = 1L;

    private final long windowSize;
    private final boolean doEvictAfter;

    /** Before the function sees them. */
    public TimeEvictor(long windowSize) {
        this(windowSize, false);
    }

    /**
     * @param windowSize in milliseconds
     * @param doEvictAfter true for after the function has seen them, not before
     */
    public TimeEvictor(long windowSize, boolean doEvictAfter) {
        this.windowSize = windowSize;
        this.doEvictAfter = doEvictAfter;
    }

    /** Before the function sees them. */
    public static <W extends Window> TimeEvictor<W> of(Duration windowSize) {
        return of(windowSize, false);
    }

    /**
     * @param doEvictAfter true for after the function has seen them, not before
     */
    public static <W extends Window> TimeEvictor<W> of(Duration windowSize, boolean doEvictAfter) {
        return new TimeEvictor<>(windowSize.toMillis(), doEvictAfter);
    }

    /**
     * @deprecated use {@link #of(Duration)}
     */
    @Deprecated
    public static <W extends Window> TimeEvictor<W> of(Time windowSize) {
        return of(windowSize.toDuration());
    }

    /**
     * @deprecated use {@link #of(Duration, boolean)}
     */
    @Deprecated
    public static <W extends Window> TimeEvictor<W> of(Time windowSize, boolean doEvictAfter) {
        return of(windowSize.toDuration(), doEvictAfter);
    }

    @Override
    public void evictBefore(
            Iterable<TimestampedValue<Object>> elements, int size, W window, EvictorContext ctx) {
        if (!doEvictAfter) {
            evict(elements);
        }
    }

    @Override
    public void evictAfter(
            Iterable<TimestampedValue<Object>> elements, int size, W window, EvictorContext ctx) {
        if (doEvictAfter) {
            evict(elements);
        }
    }

    private void evict(Iterable<TimestampedValue<Object>> elements) {
        long latest = Long.MIN_VALUE;
        for (TimestampedValue<Object> element : elements) {
            if (!element.hasTimestamp()) {
                return;
            }
            latest = Math.max(latest, element.getTimestamp());
        }
        long lastGone = latest - windowSize;
        if (lastGone > latest) {
            return;
        }
        Iterator<TimestampedValue<Object>> i = elements.iterator();
        while (i.hasNext()) {
            if (i.next().getTimestamp() <= lastGone) {
                i.remove();
            }
        }
    }

    /** In milliseconds. */
    public long getWindowSize() {
        return windowSize;
    }

    @Override
    public String toString() {
        return "TimeEvictor(" + windowSize + ")";
    }
}
