package io.millrace.api.metric;

/** The metrics of one source reader. */
public interface SourceReaderMetricGroup extends OperatorMetricGroup {
    /** For records that could not be read. */
    Counter getNumRecordsInErrorsCounter();

    /** Bytes that are known to be left to read. */
    void setPendingBytesGauge(Gauge<Long> pendingBytesGauge);

    /** Records that are known to be left to read. */
    void setPendingRecordsGauge(Gauge<Long> pendingRecordsGauge);
}
