package io.millrace.batch.shuffle;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The memory that the readers of one edge share. Each takes its part for as long as it reads; those
 * for whom nothing is left wait until others are through. Confined to the reading task.
 */
/* A share of its own for each edge of each subtask: if tasks shared one, one that must read an input to its
 * end before another could wait for a part that a task held which waits for it.
 */
final class ReadShare {
    private static final int MOST_AT_ONCE = 64;

    private final long bytes;
    private final ArrayDeque<RangeReader> waiting;
    private long takenBytes;
    private int reading;

    /**
     * @param readers in the order in which they should begin
     */
    ReadShare(long bytes, List<RangeReader> readers) {
        this.bytes = bytes;
        this.waiting = new ArrayDeque<>(readers);
    }

    /** Lets the first ones begin, without telling them: nobody has polled yet. */
    void begin() {
        while (mayNextBegin()) {
            admitNext();
        }
    }

    private boolean mayNextBegin() {
        return !waiting.isEmpty()
                && reading < MOST_AT_ONCE
                && (reading == 0 || takenBytes + waiting.peek().windowBytes() <= bytes);
    }

    private RangeReader admitNext() {
        RangeReader next = waiting.remove();
        takenBytes += next.windowBytes();
        reading++;
        next.admit();
        return next;
    }

    /** A reader that was admitted is through, or closed. */
    void giveBack(long windowBytes) {
        takenBytes -= windowBytes;
        reading--;
        while (mayNextBegin()) {
            admitNext().wake();
        }
    }

    /** A reader was closed before it was admitted. */
    void leave(RangeReader reader) {
        waiting.remove(reader);
    }
}
