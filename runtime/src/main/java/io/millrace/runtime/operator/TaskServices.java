package io.millrace.runtime.operator;

import io.millrace.runtime.accumulator.TaskAccumulators;
import io.millrace.runtime.metrics.MetricRegistry;
import io.millrace.runtime.metrics.TaskMetrics;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobAttachments;
import io.millrace.runtime.plan.JobVertex;
import java.nio.file.Path;

/**
 * What a task offers to the functions in it. Immutable; its parts say which threads may call.
 *
 * @param job shared with the other tasks of the job; closed with the job
 */
public record TaskServices(JobScope job, TaskAccumulators accumulators, TaskMetrics metrics) {
    /** For a task that stands alone: no cached files, no parameters, no reporters. */
    public static TaskServices alone(
            AttemptId attempt,
            String jobName,
            JobVertex vertex,
            ClassLoader userLoader,
            String host,
            Path directory) {
        return new TaskServices(
                new JobScope(JobAttachments.NONE, userLoader, directory),
                new TaskAccumulators(),
                new TaskMetrics(
                        MetricRegistry.withoutReporters(), attempt, jobName, vertex, host, host));
    }
}
