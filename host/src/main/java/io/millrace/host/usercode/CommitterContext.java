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
        JobGraph graph,
        JobVertex vertex,
        ChainedOperator operator,
        SinkCommitterMetricGroup metricGroup,
        boolean isBeforeTasks)
        implements RichCommitterInitContext {
    @Override
    public JobInfo getJobInfo() {
        return new JobInfo() {
            @Override
            public JobID getJobId() {
                return JobID.fromHexString(graph.jobId().hex());
            }

            @Override
            public String getJobName() {
                return graph.name();
            }
        };
    }

    @Override
    public TaskInfo getTaskInfo() {
        return new TaskInfo() {
            @Override
            public String getTaskName() {
                return operator.name();
            }

            @Override
            public int getMaxNumberOfParallelSubtasks() {
                return vertex.maxParallelism();
            }

            @Override
            public int getIndexOfThisSubtask() {
                return 0;
            }

            @Override
            public int getNumberOfParallelSubtasks() {
                return 1;
            }

            @Override
            public int getAttemptNumber() {
                return 0;
            }
        };
    }
}
