package io.millrace.runtime.operator.window;

import io.millrace.runtime.serde.Serializer;
import java.util.Arrays;

/**
 * What a key has in its windows: a value for each slice, or for each window, in order of their
 * starts. Confined to the task.
 */
/* The first entry lies in the row itself: most rows have one, and a record then waits for the memory of
 * the row and of the value and of nothing in between.
 */
final class SliceRow {
    private static final long[] NO_STARTS = {};
    private static final Object[] NO_VALUES = {};

    /** Windows up to this end have fired, if they had something. */
    long firedThrough = Slices.NONE;

    /** Windows up to this end are gone, for their function too. */
    long clearedThrough = Slices.NONE;

    /** Whether entries are windows, not slices. */
    final boolean whole;

    int size;

    private long firstStart;
    private Object firstValue;

    // Of the entries behind the first one.
    private long[] starts;
    private Object[] values;

    /** Of windows of many slices; null if there is none. Not part of what is stored. */
    SuffixSums sums;

    SliceRow(boolean whole) {
        this(whole, 0);
    }

    SliceRow(boolean whole, int entries) {
        this.whole = whole;
        this.starts = entries > 1 ? new long[entries - 1] : NO_STARTS;
        this.values = entries > 1 ? new Object[entries - 1] : NO_VALUES;
    }

    SliceRow copy(Serializer<Object> copier) {
        SliceRow copy = new SliceRow(whole, size);
        copy.firedThrough = firedThrough;
        copy.clearedThrough = clearedThrough;
        for (int i = 0; i < size; i++) {
            copy.put(i, start(i), copier.copy(value(i)));
        }
        copy.size = size;
        copy.sums = sums; // goes with whoever goes on changing
        return copy;
    }

    long start(int at) {
        return at == 0 ? firstStart : starts[at - 1];
    }

    Object value(int at) {
        return at == 0 ? firstValue : values[at - 1];
    }

    /** Replaces a value, or it has changed. */
    void set(int at, Object value) {
        changed(at);
        if (at == 0) {
            firstValue = value;
        } else {
            values[at - 1] = value;
        }
    }

    private void put(int at, long start, Object value) {
        if (at == 0) {
            firstStart = start;
            firstValue = value;
        } else {
            starts[at - 1] = start;
            values[at - 1] = value;
        }
    }

    /** The place of a start; the complement of where it belongs, if it is not there. */
    int find(long start) {
        if (size == 0 || start < firstStart) {
            return ~0;
        }
        if (start == firstStart) {
            return 0;
        }
        int last = size - 1;
        if (last == 0 || starts[last - 1] <= start) { // as it mostly is
            return last > 0 && starts[last - 1] == start ? last : ~size;
        }
        int at = Arrays.binarySearch(starts, 0, last, start);
        return at < 0 ? at - 1 : at + 1;
    }

    /** The first place with a start at or after one. */
    int firstFrom(long start) {
        int at = find(start);
        return at < 0 ? ~at : at;
    }

    void insert(int at, long start, Object value) {
        changed(at);
        if (size > starts.length) {
            int more = size < 4 ? size : size + (size >> 1);
            starts = Arrays.copyOf(starts, more);
            values = Arrays.copyOf(values, more);
        }
        if (at < size) {
            int from = Math.max(0, at - 1);
            System.arraycopy(starts, from, starts, from + 1, size - 1 - from);
            System.arraycopy(values, from, values, from + 1, size - 1 - from);
            if (at == 0) {
                starts[0] = firstStart;
                values[0] = firstValue;
            }
        }
        put(at, start, value);
        size++;
    }

    void remove(int at) {
        if (at == 0) {
            changed(0);
            shift(1);
            return;
        }
        changed(at);
        size--;
        System.arraycopy(starts, at, starts, at - 1, size - at);
        System.arraycopy(values, at, values, at - 1, size - at);
        values[size - 1] = null;
    }

    /** A value is another one than before. */
    private void changed(int at) {
        if (sums != null) {
            sums.changed(at);
        }
    }

    /** Removes the first entries. */
    void removeFirst(int count) {
        if (count == 0) {
            return;
        }
        if (sums != null) {
            sums.removedFirst(count);
        }
        shift(count);
    }

    private void shift(int count) {
        int left = size - count;
        if (left == 0) {
            firstValue = null;
        } else {
            firstStart = starts[count - 1];
            firstValue = values[count - 1];
            System.arraycopy(starts, count, starts, 0, left - 1);
            System.arraycopy(values, count, values, 0, left - 1);
        }
        if (size > 1) {
            Arrays.fill(values, Math.max(0, left - 1), size - 1, null);
        }
        size = left;
    }
}
