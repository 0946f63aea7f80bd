package io.millrace.host.usercode;

import io.millrace.api.function.JobInfo;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.stream.JobID;

/** The job and the task of what is called once, for all subtasks of an operator. Immutable. */
public record CalledOnce(JobID jobId, String jobName, String operatorName, int maxParallelism)
        implements JobInfo, TaskInfo {
    @Override
    public JobID getJobId() {
        return jobId;
    }

    @Override
    public String getJobName() {
        return jobName;
    }

    @Override
    public String getTaskName() {
        return operatorName;
    }

    @Override
    public int getMaxNumberOfParallelSubtasks() {
        return maxParallelism;
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
}
