package io.millrace.api.window;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.SimpleTypeSerializerSnapshot;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The time from a start up to an end, which does not belong to it. Immutable. */
public class TimeWindow extends Window implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long start;
    private final long end;

    /**
     * @param start in milliseconds since the epoch
     * @param end the first millisecond after the window
     */
    public TimeWindow(long start, long end) {
        this.start = start;
        this.end = end;
    }

    /** In milliseconds since the epoch. */
    public long getStart() {
        return start;
    }

    /** The first millisecond after the window. */
    public long getEnd() {
        return end;
    }

    @Override
    public long maxTimestamp() {
        return end - 1;
    }

    /** Whether the two overlap or touch. */
    public boolean intersects(TimeWindow other) {
        return start <= other.end && other.start <= end;
    }

    /** The smallest window that has both in it. */
    public TimeWindow cover(TimeWindow other) {
        return new TimeWindow(Math.min(start, other.start), Math.max(end, other.end));
    }

    /**
     * The start of the last window that begins at or before a time; {@code Long.MIN_VALUE} if it
     * would be lower. All in milliseconds.
     *
     * @param offset a time at which a window starts
     * @param windowSize from one start to the next, at least 1
     */
    public static long getWindowStartWithOffset(long timestamp, long offset, long windowSize) {
        long sinceOffset = timestamp - offset;
        boolean overflows = ((timestamp ^ offset) & (timestamp ^ sinceOffset)) < 0;
        long into =
                overflows
                        ? Math.floorMod(
                                Math.floorMod(timestamp, windowSize)
                                        - Math.floorMod(offset, windowSize),
                                windowSize)
                        : Math.floorMod(sinceOffset, windowSize);
        return timestamp < Long.MIN_VALUE + into ? Long.MIN_VALUE : timestamp - into;
    }

    /**
     * The window of a size, in milliseconds. Its end is {@code Long.MAX_VALUE} if it would be
     * higher.
     *
     * @param size at least 0
     */
    public static TimeWindow startingAt(long start, long size) {
        long end = start + size;
        return new TimeWindow(start, end < start ? Long.MAX_VALUE : end);
    }

    /** Says which windows overlap or touch, directly or over others: each group becomes one. */
    public static void mergeWindows(
            Collection<TimeWindow> windows, MergingWindowAssigner.MergeCallback<TimeWindow> c) {
        List<TimeWindow> sorted = new ArrayList<>(windows);
        sorted.sort(Comparator.comparingLong(TimeWindow::getStart));
        int from = 0;
        while (from < sorted.size()) {
            TimeWindow merged = sorted.get(from);
            int to = from + 1;
            while (to < sorted.size() && merged.intersects(sorted.get(to))) {
                merged = merged.cover(sorted.get(to));
                to++;
            }
            if (to - from > 1) {
                c.merge(List.copyOf(sorted.subList(from, to)), merged);
            }
            from = to;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeWindow that && start == that.start && end == that.end;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(start * 31 + end);
    }

    @Override
    public String toString() {
        return "TimeWindow{start=" + start + ", end=" + end + "}";
    }

    /** Writes a window as start and end, two long numbers. Immutable. */
    public static class Serializer extends WindowSerializer<TimeWindow> {
        private static final long serialVersionUID = 1L;

        /** Null: there is no empty window. */
        @Override
        public TimeWindow createInstance() {
            return null;
        }

        @Override
        public TimeWindow copy(TimeWindow from) {
            return from;
        }

        @Override
        public TimeWindow copy(TimeWindow from, TimeWindow reuse) {
            return from;
        }

        @Override
        public int getLength() {
            return 2 * Long.BYTES;
        }

        @Override
        public void serialize(TimeWindow record, DataOutputView target) throws IOException {
            target.writeLong(record.start);
            target.writeLong(record.end);
        }

        @Override
        public TimeWindow deserialize(DataInputView source) throws IOException {
            long start = source.readLong();
            return new TimeWindow(start, source.readLong());
        }

        @Override
        public TimeWindow deserialize(TimeWindow reuse, DataInputView source) throws IOException {
            return deserialize(source);
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) throws IOException {
            target.writeLong(source.readLong());
            target.writeLong(source.readLong());
        }

        @Override
        public TypeSerializerSnapshot<TimeWindow> snapshotConfiguration() {
            return new TimeWindowSerializerSnapshot();
        }

        /** The snapshot of a serializer that never changes. */
        public static final class TimeWindowSerializerSnapshot
                extends SimpleTypeSerializerSnapshot<TimeWindow> {
            public TimeWindowSerializerSnapshot() {
                super(Serializer::new);
            }
        }
    }
}
