package io.millrace.host.usercode;

import io.millrace.api.function.JobInfo;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.metric.SinkCommitterMetricGroup;
import io.millrace.api.sink.RichCommitterInitContext;
import io.millrace.api.stream.JobID;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;

/** What a committer sees of its job: it runs once, for all subtasks of its sink. Immutable. */
record CommitterContext(
        CalledOnce once, SinkCommitterMetricGroup metricGroup, boolean isBeforeTasks)
        implements RichCommitterInitContext {
    static CommitterContext of(
            JobGraph graph,
            JobVertex vertex,
            ChainedOperator operator,
            SinkCommitterMetricGroup metricGroup,
            boolean isBeforeTasks) {
        return new CommitterContext(
                new CalledOnce(
                        JobID.fromHexString(graph.jobId().hex()),
                        graph.name(),
                        operator.name(),
                        vertex.maxParallelism()),
                metricGroup,
                isBeforeTasks);
    }

    @Override
    public JobInfo getJobInfo() {
        return once;
    }

    @Override
    public TaskInfo getTaskInfo() {
        return once;
    }
}
