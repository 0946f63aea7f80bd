package io.millrace.connector.file;

/** A record and where reading goes on behind it. */
public class RecordAndPosition<E> {
    public static final long NO_OFFSET = CheckpointedPosition.NO_OFFSET;

    E record;
    long offset;
    long recordSkipCount;

    /**
     * @param offset bytes, from which reading may start again, or {@link #NO_OFFSET}
     * @param recordSkipCount records behind the offset that have been given, this one included
     */
    public RecordAndPosition(E record, long offset, long recordSkipCount) {
        this.record = record;
        this.offset = offset;
        this.recordSkipCount = recordSkipCount;
    }

    RecordAndPosition() {}

    public E getRecord() {
        return record;
    }

    public long getOffset() {
        return offset;
    }

    public long getRecordSkipCount() {
        return recordSkipCount;
    }

    @Override
    public String toString() {
        return record + " @ " + offset + " + " + recordSkipCount;
    }
}
