package io.millrace.benchmarks.updates;

import java.io.Serializable;
import java.util.Map;

/**
 * What the job does: fills its keys as fast as it can, each once, and then updates them at a rate,
 * evenly spread. A record is one number, with its key and when it became available. Immutable.
 *
 * @param keys a power of two, at most 2^24
 * @param recordsPerSecond after the filling, of all readers; 0 for as many as the engine takes
 * @param valueBytes of each key's state; 0 for an {@link Account}
 * @param sinkMicros that a sink takes for each record; 0 for a job without slow sinks
 * @param parallelism of the state, a multiple of {@link #READERS}, in which workers have slots
 * @param results where tasks leave their beats
 */
public record UpdatePlan(
        long keys,
        int valueBytes,
        long recordsPerSecond,
        long sinkMicros,
        int parallelism,
        String results)
        implements Serializable {
    /** Subtasks of the source, whatever the parallelism of the rest; and workers. */
    public static final int READERS = 2;

    /** More than any run makes. */
    public static final long RECORDS = 1L << 46;

    private static final int KEY_BITS = 24;
    private static final long KEY_MASK = (1L << KEY_BITS) - 1;
    // Odd, so that steps of it visit each of a power of two.
    private static final long STRIDE = 0x9E3779B1L;

    UpdatePlan in(String directory) {
        return new UpdatePlan(
                keys, valueBytes, recordsPerSecond, sinkMicros, parallelism, directory);
    }

    UpdatePlan at(int otherParallelism) {
        return new UpdatePlan(
                keys, valueBytes, recordsPerSecond, sinkMicros, otherParallelism, results);
    }

    /** Slots of each worker. */
    public int slots() {
        return parallelism / READERS;
    }

    /** As {@code key=value} words of a command line. */
    public String toArguments() {
        return "keys="
                + keys
                + " valueBytes="
                + valueBytes
                + " recordsPerSecond="
                + recordsPerSecond
                + " sinkMicros="
                + sinkMicros
                + " parallelism="
                + parallelism
                + " results="
                + results;
    }

    static UpdatePlan of(Map<String, String> words) {
        return new UpdatePlan(
                Long.parseLong(words.get("keys")),
                Integer.parseInt(words.get("valueBytes")),
                Long.parseLong(words.get("recordsPerSecond")),
                Long.parseLong(words.get("sinkMicros")),
                Integer.parseInt(words.get("parallelism")),
                words.get("results"));
    }

    /** How many records a reader makes before it keeps to the rate. */
    public long fillsEach(int readers) {
        return keys / readers;
    }

    /** Which reader's range a number is in. */
    public static int readerOf(long number, int readers) {
        return (int) (number / (RECORDS / readers));
    }

    /** Where the range of a reader begins. */
    public static long begin(int reader, int readers) {
        return reader * (RECORDS / readers);
    }

    /**
     * @param position of the record in its reader's range
     * @param stampNanos when it became available, or 0 if nobody shall ask
     */
    public long record(int reader, int readers, long position, long stampNanos) {
        long each = fillsEach(readers);
        long own = position < each ? position : position * STRIDE & each - 1;
        return stampNanos / 1000 << KEY_BITS | own * readers + reader;
    }

    public static long key(long record) {
        return record & KEY_MASK;
    }

    /** 0 if the record has none. */
    static long stampMicros(long record) {
        return record >>> KEY_BITS;
    }
}
