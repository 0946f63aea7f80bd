package io.millrace.runtime.operator.window;

import io.millrace.api.window.SlicedAssigner;

/**
 * The arithmetic of windows of one size at equal distances. All times in milliseconds since the
 * epoch, ends are the first millisecond after. Immutable.
 */
/* Time is cut where windows start and end. What lies between two cuts is a slice: a record belongs to
 * one, and each window is a sequence of them. If windows do not overlap, or parts cannot be merged,
 * the units are the windows themselves. An entry of a row is a unit that has something.
 */
final class Slices {
    /**
     * Times beyond these, of records and windows, are not supported: no sum of two overflows. They
     * are 36 million years from now.
     */
    static final long FARTHEST = 1L << 60;

    /** Before all ends. */
    static final long NONE = Long.MIN_VALUE;

    final long size;
    final long slide;
    final long slice;
    final long offset;
    private final boolean overlap;

    Slices(SlicedAssigner assigner) {
        this.size = assigner.getSize();
        this.slide = assigner.getSlide();
        this.offset = assigner.getOffset();
        this.overlap = slide < size;
        this.slice = overlap ? greatestCommonDivisor(size, slide) : size;
    }

    private static long greatestCommonDivisor(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /** Whether a record can belong to several windows. */
    boolean overlap() {
        return overlap;
    }

    /** The last start of a window at or before a time. */
    long windowStart(long timeMs) {
        return timeMs - Math.floorMod(timeMs - offset, slide);
    }

    /** The start of the slice of a time, where windows overlap. */
    long sliceStart(long timeMs) {
        return timeMs - Math.floorMod(timeMs - offset, slice);
    }

    /** The end of the first window that a unit belongs to. */
    long firstEnd(long start, boolean whole) {
        return whole ? start + size : windowStart(start + slice - size + slide - 1) + size;
    }

    /** The end of the last window that a unit belongs to. */
    long lastEnd(long start, boolean whole) {
        return whole ? start + size : windowStart(start) + size;
    }

    /**
     * The last end of a window at or before a time.
     *
     * @param timeMs any, also beyond what is supported
     */
    long endAtOrBefore(long timeMs) {
        long near = Math.max(-2 * FARTHEST, Math.min(2 * FARTHEST, timeMs));
        return windowStart(near - size) + size;
    }

    /** The first end after another one of a window in which a row has something. */
    long nextEnd(SliceRow row, long afterMs) {
        if (row.size == 0) {
            return WindowTimes.NEVER;
        }
        if (afterMs < row.start(0)) {
            return firstEnd(row.start(0), row.whole);
        }
        if (row.whole) {
            int at = row.firstFrom(afterMs - size + 1);
            return at == row.size ? WindowTimes.NEVER : row.start(at) + size;
        }
        long earliest = windowStart(afterMs - size) + slide; // of a window that ends later
        int at = row.firstFrom(earliest);
        return at == row.size
                ? WindowTimes.NEVER
                : Math.max(firstEnd(row.start(at), false), earliest + size);
    }
}
