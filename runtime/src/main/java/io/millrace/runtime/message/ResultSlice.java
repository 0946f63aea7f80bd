package io.millrace.runtime.message;

/**
 * Neighbouring ranges of a stored result, which lie one behind the other in its file: what one task
 * reads of it. Immutable.
 *
 * @param from the first range
 * @param to behind the last range
 * @param records of all of them
 * @param bytes of all of them, as they are stored
 */
public record ResultSlice(int from, int to, long records, long bytes) {
    public ResultSlice {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("ranges " + from + " to " + to);
        }
    }

    /** Names the ranges, for messages. */
    public String describe() {
        return to == from + 1 ? "range " + from : "ranges " + from + " to " + (to - 1);
    }
}
