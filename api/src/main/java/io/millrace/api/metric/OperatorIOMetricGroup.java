package io.millrace.api.metric;

/** What an operator reads and writes. Counted by the engine; not to be counted up by programs. */
public interface OperatorIOMetricGroup extends MetricGroup {
    Counter getNumRecordsInCounter();

    Counter getNumRecordsOutCounter();

    Counter getNumBytesInCounter();

    Counter getNumBytesOutCounter();
}
