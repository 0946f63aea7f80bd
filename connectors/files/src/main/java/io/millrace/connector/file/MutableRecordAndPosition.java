package io.millrace.connector.file;

/** A record and position that are set again for each record. */
public class MutableRecordAndPosition<E> extends RecordAndPosition<E> {
    public void set(E record, long offset, long recordSkipCount) {
        this.record = record;
        this.offset = offset;
        this.recordSkipCount = recordSkipCount;
    }

    /** Where the first record of a batch begins. */
    public void setPosition(long offset, long recordSkipCount) {
        this.offset = offset;
        this.recordSkipCount = recordSkipCount;
    }

    /** The next record of the same offset. */
    public void setNext(E record) {
        this.record = record;
        this.recordSkipCount++;
    }
}
