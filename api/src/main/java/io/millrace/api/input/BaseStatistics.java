package io.millrace.api.input;

/** What is known about an input before it is read. Nothing here plans by it. Immutable. */
public interface BaseStatistics {
    long SIZE_UNKNOWN = -1;

    long NUM_RECORDS_UNKNOWN = -1;

    float AVG_RECORD_BYTES_UNKNOWN = -1.0f;

    /** Bytes. */
    long getTotalInputSize();

    long getNumberOfRecords();

    /** Bytes. */
    float getAverageRecordWidth();
}
