package io.millrace.runtime.metrics;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.OperatorIOMetricGroup;
import io.millrace.api.metric.SinkWriterMetricGroup;
import io.millrace.api.metric.SourceReaderMetricGroup;
import java.util.List;
import java.util.Map;

/**
 * The group of one operator, whatever stands in it: functions see an operator's, readers a source
 * reader's, writers a sink writer's, committers a committer's. Thread-safe.
 */
public final class OperatorGroup extends ScopedGroup
        implements SourceReaderMetricGroup, SinkWriterMetricGroup, CommittableCounters {
    private final OperatorIOMetricGroup io;

    OperatorGroup(
            TaskMetrics task,
            List<String> scope,
            List<String> logicalScope,
            Map<String, String> variables) {
        super(task, scope, logicalScope, variables);
        this.io = new OperatorIoGroup(task, scope, logicalScope, variables);
    }

    /**
     * The group of a split, to be dropped by {@link #dropGroup} when the split is gone: a {@code
     * SourceSplitMetricGroup}, unless the reader has made a group of that name itself.
     */
    public MetricGroup addSplit(String splitId) {
        return split(splitId);
    }

    @Override
    public OperatorIOMetricGroup getIOMetricGroup() {
        return io;
    }

    @Override
    public Counter getNumRecordsInErrorsCounter() {
        return counter("numRecordsInErrors");
    }

    @Override
    public void setPendingBytesGauge(Gauge<Long> pendingBytesGauge) {
        gauge("pendingBytes", pendingBytesGauge);
    }

    @Override
    public void setPendingRecordsGauge(Gauge<Long> pendingRecordsGauge) {
        gauge("pendingRecords", pendingRecordsGauge);
    }

    @Override
    @Deprecated
    public Counter getNumRecordsOutErrorsCounter() {
        return getNumRecordsSendErrorsCounter();
    }

    @Override
    public Counter getNumRecordsSendErrorsCounter() {
        return counter("numRecordsSendErrors");
    }

    @Override
    public Counter getNumRecordsSendCounter() {
        return counter("numRecordsSend");
    }

    @Override
    public Counter getNumBytesSendCounter() {
        return counter("numBytesSend");
    }

    @Override
    public void setCurrentSendTimeGauge(Gauge<Long> currentSendTimeGauge) {
        gauge("currentSendTime", currentSendTimeGauge);
    }
}
