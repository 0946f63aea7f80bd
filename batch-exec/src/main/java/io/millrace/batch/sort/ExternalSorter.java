package io.millrace.batch.sort;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;

/**
 * Sorts records by their keys in bounded memory; what does not fit goes to local disk. Takes
 * records one by one, then gives them once in order. Records of equal keys stay in the order in
 * which they came. Confined to its owner; close removes the files, also after a failure.
 *
 * @param <T> the records
 */
/* Records are written to a buffer, sorted there when it is full, and written out as a run. With a second
 * thread there are two buffers of half the memory: one is filled while the other is written. The end
 * merges the runs, and what is left in memory, as the youngest.
 */
public final class ExternalSorter<T> implements AutoCloseable {
    private static final int LONGEST_RECORD_SHARE = 4;

    private final SortOrder<T> order;
    private final SortSettings settings;
    private final MemoryBudget memory;
    private final RecordForm<T> form;
    private final KeyWriter key = new KeyWriter();
    private final int partitionBytes;
    private final TieBreaker ties;
    private final SpilledRuns runs;
    private final long longestEntryBytes;
    private SortBuffer filling;
    // Null if there is one buffer.
    private SortBuffer other;
    private Background<SpilledRun> writing;
    private boolean given;
    private boolean closed;

    public ExternalSorter(SortOrder<T> order, Serializer<T> serializer, SortSettings settings) {
        this(order, serializer, settings, SpillFiles.LOCAL);
    }

    ExternalSorter(
            SortOrder<T> order, Serializer<T> serializer, SortSettings settings, SpillFiles files) {
        this.order = order;
        this.settings = settings;
        this.memory = new MemoryBudget(settings.memoryBytes());
        this.form = new RecordForm<>(serializer);
        this.partitionBytes = partitionBytes(settings.partitions());
        TieBreaker.Keys keys =
                new TieBreaker.Keys() {
                    @Override
                    public Object of(EntryCursor entry) {
                        return order.keyOf(
                                form.read(entry.bytes, entry.recordAt, entry.recordLength));
                    }

                    @Override
                    public int compare(Object one, Object other) {
                        return order.keys().compare(one, other);
                    }
                };
        this.ties = new TieBreaker(keys, settings.memoryBytes() / 8);
        this.runs = new SpilledRuns(settings, memory, keys, files);
        boolean two = settings.twoThreads();
        long each = (memory.limitBytes() - runs.writerBytes()) / (two ? 2 : 1);
        this.filling = new SortBuffer(memory, each);
        this.other = two ? new SortBuffer(memory, each) : null;
        this.longestEntryBytes = each / LONGEST_RECORD_SHARE;
    }

    private static int partitionBytes(int partitions) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(partitions - 1) + 7) / Byte.SIZE;
    }

    /** Adds a record; it may be changed afterwards. */
    public void add(T record) {
        add(0, record);
    }

    /**
     * Adds a record of a partition; all of lower ones come before it.
     *
     * @param partition from 0, below the number of partitions
     * @throws MillraceException {@code RECORD_TOO_LARGE}; {@code STORAGE_FAILED} if a run cannot be
     *     written; {@code USER_CODE_FAILED} if the record has no key that has an order
     */
    public void add(int partition, T record) {
        assert partition >= 0 && partition < settings.partitions() : partition;
        assert !given && !closed;
        key.clear();
        if (partitionBytes > 0) {
            key.putUnsigned(partition, partitionBytes);
        }
        order.keys().write(order.keyOf(record), key);
        BinaryWriter bytes = form.write(record);
        int size = EntryCursor.size(key, bytes);
        if (size > longestEntryBytes) {
            throw tooLarge(size);
        }
        if (!filling.add(key, bytes)) {
            spill();
            boolean added = filling.add(key, bytes);
            assert added : size + " bytes in an empty buffer";
        }
    }

    private MillraceException tooLarge(int size) {
        return new MillraceException(
                ErrorCode.RECORD_TOO_LARGE,
                "a record of "
                        + size
                        + " bytes is to be sorted in "
                        + settings.memoryBytes()
                        + " bytes of memory, which allow for records of "
                        + longestEntryBytes
                        + ". Raise "
                        + settings.memoryOption()
                        + " to "
                        + (size / longestEntryBytes + 1)
                        + " times what it is, or make records smaller.");
    }

    /** Writes what is in memory as a run, and makes room. */
    private void spill() {
        SortBuffer full = filling;
        full.sort(ties);
        if (other == null) {
            runs.add(runs.write(full.cursor()));
            full.clear();
            return;
        }
        awaitWriting();
        filling = other;
        other = full;
        writing = Background.start(settings.background(), () -> runs.write(full.cursor()));
    }

    private void awaitWriting() {
        if (writing != null) {
            runs.add(writing.await());
            writing = null;
            other.clear();
        }
    }

    /**
     * All records in order. Nothing is added after, and it is asked once; who closes it closes the
     * sorter.
     *
     * @throws MillraceException {@code STORAGE_FAILED} if a run cannot be written or read
     */
    public SortedRecords<T> sorted() {
        assert !given && !closed;
        given = true;
        awaitWriting();
        if (other != null) {
            other.release();
        }
        filling.sort(ties);
        if (runs.isEmpty()) {
            return new SortedRecords<>(this, filling.cursor(), form, partitionBytes);
        }
        boolean empty = filling.count() == 0;
        if (empty || !runs.fitBeside(filling.heldBytes())) {
            if (!empty) {
                runs.add(runs.write(filling.cursor()));
            }
            filling.release();
        }
        return new SortedRecords<>(this, runs.merged(filling.cursor()), form, partitionBytes);
    }

    /** Runs that were written to disk so far, also those that were merged since. */
    public int runsWritten() {
        return runs.written();
    }

    /** Bytes that were written to disk so far. */
    public long bytesWritten() {
        return runs.bytesWritten();
    }

    /** The most memory that was held at a time. */
    public long peakMemoryBytes() {
        return memory.peakBytes();
    }

    /** Memory that is held now: none after close. */
    long heldMemoryBytes() {
        return memory.heldBytes();
    }

    /** Safe to call twice, and after any failure. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        runs.stop();
        if (writing != null) {
            writing.settle();
        }
        try {
            runs.close();
        } finally {
            filling.release();
            if (other != null) {
                other.release();
            }
        }
    }
}
