package io.millrace.batch.sort;

import io.millrace.runtime.serde.BinaryWriter;

/**
 * The records of a sorter in their order, once. Confined to its reader; close closes the sorter.
 *
 * @param <T> the records
 */
public final class SortedRecords<T> implements AutoCloseable {
    private final ExternalSorter<T> sorter;
    private final EntryCursor entries;
    private final RecordForm<T> form;
    private final int partitionBytes;

    SortedRecords(
            ExternalSorter<T> sorter, EntryCursor entries, RecordForm<T> form, int partitionBytes) {
        this.sorter = sorter;
        this.entries = entries;
        this.form = form;
        this.partitionBytes = partitionBytes;
    }

    /**
     * Goes to the next record; false after the last one.
     *
     * @throws io.millrace.api.error.MillraceException {@code STORAGE_FAILED} if a file is broken,
     *     with its name and the offset
     */
    public boolean advance() {
        return entries.advance();
    }

    /** The present record, made anew with each call. */
    public T record() {
        return form.read(entries.bytes, entries.recordAt, entries.recordLength);
    }

    /** That of the present record. */
    public int partition() {
        return partitionBytes == 0
                ? 0
                : (int) (keyPrefix() >>> Long.SIZE - Byte.SIZE * partitionBytes);
    }

    /** The first eight bytes of the present record's key, with zeros behind a shorter one. */
    public long keyPrefix() {
        return entries.prefix ^ Long.MIN_VALUE;
    }

    /** Where the present record lies, as its serializer wrote it, from {@link #from}. */
    public byte[] bytes() {
        return entries.bytes;
    }

    public int from() {
        return entries.recordAt;
    }

    public int length() {
        return entries.recordLength;
    }

    /**
     * Appends the present record as its serializer wrote it. A type that is found at run time
     * refers to what this sorter knows; only its own {@link #record} reads that.
     */
    public void writeTo(BinaryWriter out) {
        out.writeBytes(entries.bytes, entries.recordAt, entries.recordLength);
    }

    @Override
    public void close() {
        sorter.close();
    }
}
