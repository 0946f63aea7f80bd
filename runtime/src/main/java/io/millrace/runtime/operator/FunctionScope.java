package io.millrace.runtime.operator;

import io.millrace.api.function.JobInfo;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.stream.JobID;

/** The task as a user's function sees it. Confined to the task. */
final class FunctionScope implements RuntimeContext, JobInfo, TaskInfo {
    private final TaskScope scope;
    private ExecutionConfig executionConfig;

    FunctionScope(TaskScope scope) {
        this.scope = scope;
    }

    @Override
    public JobInfo getJobInfo() {
        return this;
    }

    @Override
    public TaskInfo getTaskInfo() {
        return this;
    }

    @Override
    public JobID getJobId() {
        return JobID.fromHexString(scope.attempt().jobId().hex());
    }

    @Override
    public String getJobName() {
        return scope.jobName();
    }

    @Override
    public String getTaskName() {
        return scope.vertex().name();
    }

    @Override
    public int getMaxNumberOfParallelSubtasks() {
        return scope.vertex().maxParallelism();
    }

    @Override
    public int getIndexOfThisSubtask() {
        return scope.attempt().subtask();
    }

    @Override
    public int getNumberOfParallelSubtasks() {
        return scope.vertex().parallelism();
    }

    @Override
    public int getAttemptNumber() {
        return scope.attempt().attempt();
    }

    @Override
    public String getTaskNameWithSubtasks() {
        return TaskInfo.super.getTaskNameWithSubtasks();
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
        return scope.userLoader();
    }

    @Override
    public ExecutionConfig getExecutionConfig() {
        if (executionConfig == null) {
            executionConfig = new ExecutionConfig(scope.config());
        }
        return executionConfig;
    }

    @Override
    public boolean isObjectReuseEnabled() {
        return scope.objectReuse();
    }
}
