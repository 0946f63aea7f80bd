package io.millrace.runtime.metrics;

import io.millrace.api.metric.Metric;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobVertex;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The metrics of one task, which are taken back together when it ends. Thread-safe.
 *
 * <p>The scope of an operator is {@code host.worker.WORKER.JOB.OPERATOR.SUBTASK}, that of the task
 * itself {@code host.worker.WORKER.JOB.TASK.SUBTASK}.
 */
public final class TaskMetrics implements MetricOwner, AutoCloseable {
    private final OwnedMetrics owned;
    private final AttemptId attempt;
    private final String jobName;
    private final JobVertex vertex;
    private final String workerId;
    private final String host;
    // Guarded by this.
    private final Map<String, OperatorGroup> operators = new HashMap<>();
    private boolean checkpointed; // guarded by this
    // Of the last checkpoint that is durable: set by the snapshot thread, read by reporters.
    private volatile TaskSnapshot.Timing checkpoint = TaskSnapshot.Timing.NONE;
    // Set by who makes the task, read by reporters.
    private volatile Supplier<TaskProgress> progress = () -> null;

    public TaskMetrics(
            MetricRegistry registry,
            AttemptId attempt,
            String jobName,
            JobVertex vertex,
            String workerId,
            String host) {
        this.owned = new OwnedMetrics(() -> registry);
        this.attempt = attempt;
        this.jobName = jobName;
        this.vertex = vertex;
        this.workerId = workerId;
        this.host = host;
    }

    /** Says where what the engine counts is to be read. */
    public void measure(Supplier<TaskProgress> counters) {
        this.progress = counters;
    }

    long count(ToLongFunction<TaskProgress> what) {
        TaskProgress now = progress.get();
        return now == null ? 0 : what.applyAsLong(now);
    }

    /**
     * What the task wrote for a checkpoint is durable. The first one registers the gauges, in
     * nanoseconds and bytes: how long the task waited for barriers, for how long it processed
     * nothing, how long its state took to be written, how much that was, and how much of it was
     * records on their way.
     */
    public void onCheckpoint(TaskSnapshot.Timing timing) {
        checkpoint = timing;
        synchronized (this) {
            if (checkpointed) {
                return;
            }
            checkpointed = true;
        }
        ScopedGroup group = task();
        group.gauge("checkpointAlignmentTime", () -> checkpoint.alignmentNanos());
        group.gauge("checkpointTurnTime", () -> checkpoint.turnNanos());
        group.gauge("checkpointWriteTime", () -> checkpoint.writeNanos());
        group.gauge("checkpointWrittenBytes", () -> checkpoint.writtenBytes());
        group.gauge("checkpointChannelBytes", () -> checkpoint.channelBytes());
    }

    private ScopedGroup task() {
        return new ScopedGroup(
                this,
                List.of(
                        host,
                        "worker",
                        workerId,
                        jobName,
                        vertex.name(),
                        String.valueOf(attempt.subtask())),
                List.of("worker", "job", "task"),
                variables());
    }

    /** The group of an operator of this task; made when first asked for. */
    public synchronized OperatorGroup operator(String name, int nodeId) {
        OperatorGroup group = operators.get(name + "/" + nodeId);
        if (group == null) {
            String subtask = String.valueOf(attempt.subtask());
            group =
                    new OperatorGroup(
                            this,
                            List.of(host, "worker", workerId, jobName, name, subtask),
                            List.of("worker", "job", "task", "operator"),
                            variables(name, nodeId));
            operators.put(name + "/" + nodeId, group);
            ((OperatorIoGroup) group.getIOMetricGroup()).registerIn(group);
        }
        return group;
    }

    private Map<String, String> variables(String operator, int nodeId) {
        Map<String, String> all = variables();
        all.put("<operator_id>", String.valueOf(nodeId));
        all.put("<operator_name>", operator);
        vertex.operators().stream()
                .filter(each -> each.nodeId() == nodeId && each.name().equals(operator))
                .forEach(
                        each ->
                                each.metricVariables()
                                        .forEach((key, value) -> all.put("<" + key + ">", value)));
        return all;
    }

    private Map<String, String> variables() {
        Map<String, String> all = new HashMap<>();
        all.put("<host>", host);
        all.put("<tm_id>", workerId);
        all.put("<job_id>", attempt.jobId().hex());
        all.put("<job_name>", jobName);
        all.put("<task_id>", String.valueOf(vertex.id()));
        all.put("<task_name>", vertex.name());
        all.put("<task_attempt_id>", attempt.toString());
        all.put("<task_attempt_num>", String.valueOf(attempt.attempt()));
        all.put("<subtask_index>", String.valueOf(attempt.subtask()));
        return all;
    }

    @Override
    public void register(Metric metric, String name, ScopedGroup group) {
        owned.register(metric, name, group);
    }

    @Override
    public void unregister(Collection<Metric> metrics) {
        owned.unregister(metrics);
    }

    /** The task has ended. Idempotent. */
    @Override
    public void close() {
        owned.close();
    }
}
