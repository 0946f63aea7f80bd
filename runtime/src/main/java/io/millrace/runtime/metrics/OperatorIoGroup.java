package io.millrace.runtime.metrics;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.OperatorIOMetricGroup;
import io.millrace.runtime.message.TaskProgress;
import java.util.List;
import java.util.Map;

/**
 * What an operator reads and writes: what its whole chain reads and writes, since inside of a chain
 * nothing is counted. Thread-safe.
 */
final class OperatorIoGroup extends ScopedGroup implements OperatorIOMetricGroup {
    private final Counter recordsIn;
    private final Counter recordsOut;
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final Gauge<Long> currentInputWatermark;
    private final Gauge<Long> currentOutputWatermark;

    OperatorIoGroup(
            TaskMetrics task,
            List<String> scope,
            List<String> logicalScope,
            Map<String, String> variables) {
        super(task, scope, logicalScope, variables);
        this.recordsIn = new ChainCounter(() -> task.count(TaskProgress::recordsIn));
        this.recordsOut = new ChainCounter(() -> task.count(TaskProgress::recordsOut));
        this.bytesIn = new ChainCounter(() -> task.count(TaskProgress::bytesIn));
        this.bytesOut = new ChainCounter(() -> task.count(TaskProgress::bytesOut));
        this.currentInputWatermark = () -> task.count(now -> now.time().inputMs());
        this.currentOutputWatermark = () -> task.count(now -> now.time().outputMs());
    }

    @Override
    public Counter getNumRecordsInCounter() {
        return recordsIn;
    }

    @Override
    public Counter getNumRecordsOutCounter() {
        return recordsOut;
    }

    @Override
    public Counter getNumBytesInCounter() {
        return bytesIn;
    }

    @Override
    public Counter getNumBytesOutCounter() {
        return bytesOut;
    }

    /** In each operator's own group, as reporters expect it. */
    void registerIn(OperatorGroup group) {
        group.counter("numRecordsIn", recordsIn);
        group.counter("numRecordsOut", recordsOut);
        group.counter("numBytesIn", bytesIn);
        group.counter("numBytesOut", bytesOut);
        group.gauge("currentInputWatermark", currentInputWatermark);
        group.gauge("currentOutputWatermark", currentOutputWatermark);
    }
}
