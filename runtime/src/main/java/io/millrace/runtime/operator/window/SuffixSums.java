package io.millrace.runtime.operator.window;

import io.millrace.runtime.serde.Serializer;

/**
 * Folds of the slices of a row that windows one after the other need again. Beside the row, and
 * never stored: made again when it is missing. Confined to the task.
 */
/* Two stacks, as of a queue with a sum: of the slices before a border there is the fold of each with
 * all behind it, up to the border; of those behind it the fold of all so far. A window is one fold of
 * each side. When the border is passed it moves to the window's end, for which all slices of the window
 * are folded once: so a slice is folded about three times, however many windows it belongs to. Folds
 * take their arguments apart, so what stays is copied.
 */
final class SuffixSums {
    /** Windows of fewer slices are folded each by itself. */
    static final int FEWEST_SLICES = 8;

    private final Fold fold;
    private final Serializer<Object> copier; // null if values cannot change

    // For the entries before the border: suffixes[i + dropped] is of entry i.
    private Object[] suffixes = {};
    private int dropped;
    private int border;

    // Of the entries from the border up to this one; null if there are none.
    private Object behind;
    private int to;

    SuffixSums(Fold fold, Serializer<Object> copier) {
        this.fold = fold;
        this.copier = copier;
    }

    /** The entry has changed, or one has come before another. */
    void changed(int at) {
        if (at < to) {
            border = 0;
            to = 0;
        }
    }

    /** The first entries of the row are gone. */
    void removedFirst(int count) {
        dropped += count;
        border -= count;
        to -= count;
    }

    /**
     * The fold of the entries from one up to another one, at least two; the caller's own.
     *
     * @param end not less than at the calls before, or it costs as much as a first call
     */
    Object of(SliceRow row, int from, int end) throws Exception {
        if (from >= border || end < to || from + dropped < 0) {
            rebuild(row, from, end);
        }
        for (; to < end; to++) {
            Object next = copyOf(row.value(to));
            behind = behind == null ? next : fold.merge(behind, next);
        }
        Object front = copyOf(suffixes[from + dropped]);
        return behind == null ? front : fold.merge(front, copyOf(behind));
    }

    private void rebuild(SliceRow row, int from, int end) throws Exception {
        suffixes = new Object[end - from];
        dropped = -from;
        Object sum = null;
        for (int i = end - 1; i >= from; i--) {
            Object value = copyOf(row.value(i));
            sum = sum == null ? value : fold.merge(value, copyOf(sum));
            suffixes[i - from] = sum;
        }
        border = end;
        to = end;
        behind = null;
    }

    private Object copyOf(Object value) {
        return copier == null ? value : copier.copy(value);
    }
}
