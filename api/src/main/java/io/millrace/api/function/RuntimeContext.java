package io.millrace.api.function;

import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.stream.JobID;
import java.util.Map;

/** What a rich function may ask of the task that runs it. Confined to the task's thread. */
public interface RuntimeContext {
    JobInfo getJobInfo();

    TaskInfo getTaskInfo();

    /** The loader that sees the user's classes. */
    ClassLoader getUserCodeClassLoader();

    ExecutionConfig getExecutionConfig();

    /** The parameters that the program registered for all its functions; read-only. */
    default Map<String, String> getGlobalJobParameters() {
        return getExecutionConfig().getGlobalJobParameters().toMap();
    }

    default boolean isObjectReuseEnabled() {
        return getExecutionConfig().isObjectReuseEnabled();
    }

    /** Same as {@code getJobInfo().getJobId()}. */
    default JobID getJobId() {
        return getJobInfo().getJobId();
    }

    /** Same as {@code getTaskInfo().getTaskName()}. */
    default String getTaskName() {
        return getTaskInfo().getTaskName();
    }

    /** Same as {@code getTaskInfo().getNumberOfParallelSubtasks()}. */
    default int getNumberOfParallelSubtasks() {
        return getTaskInfo().getNumberOfParallelSubtasks();
    }

    /** Same as {@code getTaskInfo().getMaxNumberOfParallelSubtasks()}. */
    default int getMaxNumberOfParallelSubtasks() {
        return getTaskInfo().getMaxNumberOfParallelSubtasks();
    }

    /** Same as {@code getTaskInfo().getIndexOfThisSubtask()}. */
    default int getIndexOfThisSubtask() {
        return getTaskInfo().getIndexOfThisSubtask();
    }

    /** Same as {@code getTaskInfo().getAttemptNumber()}. */
    default int getAttemptNumber() {
        return getTaskInfo().getAttemptNumber();
    }

    /** Same as {@code getTaskInfo().getTaskNameWithSubtasks()}. */
    default String getTaskNameWithSubtasks() {
        return getTaskInfo().getTaskNameWithSubtasks();
    }
}
