package io.millrace.runtime.operator;

import io.millrace.runtime.serde.Serializer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/**
 * The records that one side of a join keeps of one key, in the order of their times; of equal times
 * in that of their arrival. Confined to the task, but for what is frozen.
 */
/* Two arrays side by side: records come nearly in order and go in order, so adding is at the end as a
 * rule, dropping moves the beginning, and what joins is one run that a binary search finds.
 */
final class JoinBuffer {
    private static final int LEAST = 4;

    private long[] times;
    private Object[] records;
    private int from;
    private int to;

    JoinBuffer() {
        this(new long[LEAST], new Object[LEAST], 0);
    }

    private JoinBuffer(long[] times, Object[] records, int size) {
        this.times = times;
        this.records = records;
        this.to = size;
    }

    /**
     * @param times in milliseconds, ascending; handed over
     */
    static JoinBuffer of(long[] times, List<?> records) {
        return new JoinBuffer(times, records.toArray(), times.length);
    }

    void add(long timestampMs, Object record) {
        if (to == times.length) {
            makeRoom();
        }
        int at = to;
        if (at > from && times[at - 1] > timestampMs) {
            at = firstAbove(timestampMs);
            System.arraycopy(times, at, times, at + 1, to - at);
            System.arraycopy(records, at, records, at + 1, to - at);
        }
        times[at] = timestampMs;
        records[at] = record;
        to++;
    }

    /** Moves to the front if that gives room for as many again, else into larger arrays. */
    private void makeRoom() {
        int size = to - from;
        int capacity = Math.max(LEAST, size > times.length / 2 ? 2 * times.length : times.length);
        long[] newTimes = capacity == times.length ? times : new long[capacity];
        Object[] newRecords = capacity == times.length ? records : new Object[capacity];
        System.arraycopy(times, from, newTimes, 0, size);
        System.arraycopy(records, from, newRecords, 0, size);
        Arrays.fill(newRecords, size, Math.max(size, Math.min(to, newRecords.length)), null);
        times = newTimes;
        records = newRecords;
        from = 0;
        to = size;
    }

    /** Drops the records up to a time, including it. */
    void dropUpTo(long timestampMs) {
        while (from < to && times[from] <= timestampMs) {
            records[from++] = null;
        }
        if (from == to) {
            from = 0;
            to = 0;
        }
    }

    boolean isEmpty() {
        return from == to;
    }

    /** Of the last record; not to be asked of an empty buffer. */
    long latestMs() {
        return times[to - 1];
    }

    /** The place of the first record that is not before a time; {@link #end} if there is none. */
    int firstFrom(long timestampMs) {
        return timestampMs == Long.MIN_VALUE ? from : firstAbove(timestampMs - 1);
    }

    private int firstAbove(long timestampMs) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= timestampMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The place behind the last record. */
    int end() {
        return to;
    }

    long timeMs(int place) {
        return times[place];
    }

    Object record(int place) {
        return records[place];
    }

    long[] times() {
        return Arrays.copyOfRange(times, from, to);
    }

    /** A view. */
    List<Object> records() {
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return records[from + index];
            }

            @Override
            public int size() {
                return to - from;
            }
        };
    }

    /**
     * @param copier of the records; null if they cannot change
     */
    JoinBuffer copy(Serializer<Object> copier) {
        Object[] copies = Arrays.copyOfRange(records, from, Math.max(to, from + LEAST));
        if (copier != null) {
            for (int i = 0; i < to - from; i++) {
                copies[i] = copies[i] == null ? null : copier.copy(copies[i]);
            }
        }
        return new JoinBuffer(
                Arrays.copyOfRange(times, from, from + copies.length), copies, to - from);
    }
}
