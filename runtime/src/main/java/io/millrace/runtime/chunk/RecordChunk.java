package io.millrace.runtime.chunk;

import java.util.Arrays;

/**
 * Up to {@link #CAPACITY} records that move together. Filled by one task, then handed over: whoever
 * pushed it downstream does not touch it again. Not thread-safe; hand-over publishes it.
 *
 * <p>The arrays are public to the engine's hot loops: {@code values[0..size)} are the records,
 * {@code timestampsMs} is null while no record has a timestamp, else {@link #NO_TIMESTAMP} where
 * one has none; {@code keyHashes} is null except on keyed edges, where the sender computed {@code
 * key.hashCode()} once.
 */
public final class RecordChunk implements Item {
    public static final int CAPACITY = 256;
    public static final long NO_TIMESTAMP = Long.MIN_VALUE;

    public final Object[] values;
    public long[] timestampsMs;
    public final int[] keyHashes;
    public int size;

    /** How many records its writer puts into it at most; set before the first. */
    public int limit = CAPACITY;

    /** What its records take as bytes, as its writer estimates; 0 if it has not. */
    public int estimatedBytes;

    /** An empty chunk. */
    public RecordChunk(boolean keyed) {
        this.values = new Object[CAPACITY];
        this.keyHashes = keyed ? new int[CAPACITY] : null;
    }

    public boolean isFull() {
        return size == limit;
    }

    /** Appends a record; the chunk must not be full. */
    public void add(Object value, long timestampMs) {
        values[size] = value;
        if (timestampMs != NO_TIMESTAMP || timestampsMs != null) {
            stamp(timestampMs);
        }
        size++;
    }

    /** Appends a record of a keyed edge; the chunk must not be full. */
    public void add(Object value, long timestampMs, int keyHash) {
        values[size] = value;
        if (timestampMs != NO_TIMESTAMP || timestampsMs != null) {
            stamp(timestampMs);
        }
        keyHashes[size] = keyHash;
        size++;
    }

    private void stamp(long timestampMs) {
        if (timestampsMs == null) {
            timestampsMs = new long[CAPACITY];
            Arrays.fill(timestampsMs, 0, size, NO_TIMESTAMP);
        }
        timestampsMs[size] = timestampMs;
    }

    /**
     * Another chunk with some of the records. This one is given away: the records are the same.
     *
     * @param to exclusive, above {@code from}
     */
    public RecordChunk part(int from, int to) {
        RecordChunk part = new RecordChunk(keyHashes != null);
        part.size = to - from;
        part.limit = limit;
        part.estimatedBytes = (int) ((long) estimatedBytes * part.size / size);
        System.arraycopy(values, from, part.values, 0, part.size);
        if (keyHashes != null) {
            System.arraycopy(keyHashes, from, part.keyHashes, 0, part.size);
        }
        if (timestampsMs != null) {
            part.timestampsMs = new long[CAPACITY];
            System.arraycopy(timestampsMs, from, part.timestampsMs, 0, part.size);
        }
        return part;
    }

    /**
     * Reads the first bytes of each record. They were written by another core: looked at one after
     * the other without work in between, many of them come at the same time.
     *
     * @return without meaning; to be kept, so that the compiler keeps the look
     */
    public int look() {
        int seen = 0;
        for (int i = 0; i < size; i++) {
            Object value = values[i];
            seen += value != null && value.getClass() == RecordChunk.class ? 1 : 0;
        }
        return seen;
    }

    /** Of a record, or {@link #NO_TIMESTAMP}. */
    public long timestampMs(int index) {
        return timestampsMs == null ? NO_TIMESTAMP : timestampsMs[index];
    }
}
