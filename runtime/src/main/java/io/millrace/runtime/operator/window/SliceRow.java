package io.millrace.runtime.operator.window;

import io.millrace.runtime.serde.Serializer;
import java.util.Arrays;

/**
 * What a key has in its windows: a value for each slice, or for each window, in order of their
 * starts. Confined to the task.
 */
final class SliceRow {
    private static final int FIRST_ENTRIES = 1;

    /** Windows up to this end have fired, if they had something. */
    long firedThrough = Slices.NONE;

    /** Windows up to this end are gone, for their function too. */
    long clearedThrough = Slices.NONE;

    /** Whether entries are windows, not slices. */
    final boolean whole;

    long[] starts;
    Object[] values;
    int size;

    /** Of windows of many slices; null if there is none. Not part of what is stored. */
    SuffixSums sums;

    SliceRow(boolean whole) {
        this(whole, FIRST_ENTRIES);
    }

    SliceRow(boolean whole, int entries) {
        this.whole = whole;
        this.starts = new long[entries];
        this.values = new Object[entries];
    }

    SliceRow copy(Serializer<Object> copier) {
        SliceRow copy = new SliceRow(whole, Math.max(FIRST_ENTRIES, size));
        copy.firedThrough = firedThrough;
        copy.clearedThrough = clearedThrough;
        for (int i = 0; i < size; i++) {
            copy.starts[i] = starts[i];
            copy.values[i] = copier.copy(values[i]);
        }
        copy.size = size;
        copy.sums = sums; // goes with whoever goes on changing
        return copy;
    }

    /** The place of a start; the complement of where it belongs, if it is not there. */
    int find(long start) {
        if (size > 0 && starts[size - 1] <= start) { // as it mostly is
            return starts[size - 1] == start ? size - 1 : ~size;
        }
        return Arrays.binarySearch(starts, 0, size, start);
    }

    /** The first place with a start at or after one. */
    int firstFrom(long start) {
        if (size > 0 && starts[0] >= start) {
            return 0;
        }
        int at = find(start);
        return at < 0 ? ~at : at;
    }

    void insert(int at, long start, Object value) {
        changed(at);
        if (size == starts.length) {
            int more = size < 4 ? size + 1 : size + (size >> 1);
            starts = Arrays.copyOf(starts, more);
            values = Arrays.copyOf(values, more);
        }
        System.arraycopy(starts, at, starts, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        starts[at] = start;
        values[at] = value;
        size++;
    }

    void remove(int at) {
        changed(at);
        size--;
        System.arraycopy(starts, at + 1, starts, at, size - at);
        System.arraycopy(values, at + 1, values, at, size - at);
        values[size] = null;
    }

    /** A value is another one than before. */
    void changed(int at) {
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
        System.arraycopy(starts, count, starts, 0, size - count);
        System.arraycopy(values, count, values, 0, size - count);
        Arrays.fill(values, size - count, size, null);
        size -= count;
    }
}
