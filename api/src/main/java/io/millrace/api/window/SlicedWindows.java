package io.millrace.api.window;

import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.ExecutionConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Windows of one size at equal distances, as arithmetic. Immutable but for staggering. */
abstract class SlicedWindows extends WindowAssigner<Object, TimeWindow> implements SlicedAssigner {
    private static final long serialVersionUID = 1L;

    /** More windows for each record are a mistake. */
    static final int MOST_WINDOWS = 10_000_000;

    private final long size;
    private final long slide;
    private final long offset;

    /** All in milliseconds. */
    SlicedWindows(long size, long slide, long offset) {
        if (size <= 0 || slide <= 0) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName()
                            + " have a size, and a slide, of at least 1 ms, not "
                            + size
                            + " ms and "
                            + slide
                            + " ms.");
        }
        if (offset <= -slide || offset >= slide) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName()
                            + " that start every "
                            + slide
                            + " ms are moved by less than that, not by "
                            + offset
                            + " ms.");
        }
        if (size / slide > MOST_WINDOWS) {
            throw new IllegalArgumentException(
                    "A record belongs to at most "
                            + MOST_WINDOWS
                            + " windows, not "
                            + size / slide
                            + ": the size is "
                            + size
                            + " ms, the slide "
                            + slide
                            + " ms.");
        }
        this.size = size;
        this.slide = slide;
        this.offset = offset;
    }

    @Override
    public long getSize() {
        return size;
    }

    @Override
    public long getSlide() {
        return slide;
    }

    @Override
    public long getOffset() {
        return offset;
    }

    @Override
    public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig executionConfig) {
        return new TimeWindow.Serializer();
    }

    final Collection<TimeWindow> windowsAt(long timestamp) {
        return windowsAt(timestamp, offset);
    }

    final Collection<TimeWindow> windowsAt(long timestamp, long from) {
        long last = TimeWindow.getWindowStartWithOffset(timestamp, from, slide);
        if (size == slide) {
            return Collections.singletonList(TimeWindow.startingAt(last, size));
        }
        List<TimeWindow> windows = new ArrayList<>((int) (size / slide) + 1);
        long start = last;
        // Both are in range: a start is never higher than the time, and none is too low.
        while (timestamp - start >= 0 && timestamp - start < size) {
            windows.add(TimeWindow.startingAt(start, size));
            if (start < Long.MIN_VALUE + slide) {
                break;
            }
            start -= slide;
        }
        return windows;
    }
}
