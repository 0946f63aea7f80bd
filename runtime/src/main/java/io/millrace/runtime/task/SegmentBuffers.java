package io.millrace.runtime.task;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Room for segments while they are read: as many arrays as there are readers at a time, used again
 * and again, as new ones would be large objects in the heap each time. Thread-safe.
 */
final class SegmentBuffers {
    /** Most segments are no longer. */
    static final int BYTES = 4 << 20;

    private final Deque<byte[]> spare = new ArrayDeque<>();

    /** An array of at least so many bytes, of any content. */
    synchronized byte[] take(int length) {
        byte[] array = spare.poll();
        return array != null && array.length >= length ? array : new byte[Math.max(length, BYTES)];
    }

    synchronized void giveBack(byte[] array) {
        spare.push(array);
    }
}
