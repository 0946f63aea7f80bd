package io.millrace.api.window;

import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.ExecutionConfig;
import java.util.Collection;
import java.util.Collections;

/** Windows from a record until no other has come for a time, which each record may say. */
abstract class SessionWindows<T> extends MergingWindowAssigner<T, TimeWindow>
        implements SessionAssigner<T> {
    private static final long serialVersionUID = 1L;

    static long checkGap(long gapMs) {
        if (gapMs <= 0) {
            throw new IllegalArgumentException(
                    "The gap that ends a session is at least 1 ms, not " + gapMs + " ms.");
        }
        return gapMs;
    }

    final Collection<TimeWindow> windowsAt(T element, long timestamp) {
        return Collections.singletonList(TimeWindow.startingAt(timestamp, gapAfter(element)));
    }

    @Override
    public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig executionConfig) {
        return new TimeWindow.Serializer();
    }

    @Override
    public void mergeWindows(Collection<TimeWindow> windows, MergeCallback<TimeWindow> c) {
        TimeWindow.mergeWindows(windows, c);
    }
}
