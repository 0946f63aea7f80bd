package io.millrace.api.metric;

/** The metrics of one sink writer. */
public interface SinkWriterMetricGroup extends OperatorMetricGroup {
    /**
     * @deprecated use {@link #getNumRecordsSendErrorsCounter}; it is the same counter
     */
    @Deprecated
    Counter getNumRecordsOutErrorsCounter();

    /** For records that could not be written. */
    Counter getNumRecordsSendErrorsCounter();

    Counter getNumRecordsSendCounter();

    Counter getNumBytesSendCounter();

    /** Milliseconds that the newest record took. */
    void setCurrentSendTimeGauge(Gauge<Long> currentSendTimeGauge);
}
