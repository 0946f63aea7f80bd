package io.millrace.api.function;

/** The task that a function runs in. Immutable. */
public interface TaskInfo {
    /** The name of the vertex, without subtask numbers. */
    String getTaskName();

    /** The number of key groups. */
    int getMaxNumberOfParallelSubtasks();

    /** From 0. */
    int getIndexOfThisSubtask();

    int getNumberOfParallelSubtasks();

    /** From 0; higher after a restart. */
    int getAttemptNumber();

    /** Identifies the task's place on its worker; of what runs in no worker, its full name. */
    default String getAllocationIDAsString() {
        return getTaskNameWithSubtasks();
    }

    /** For logs: name, subtask from 1, parallelism and attempt, as {@code Map (2/4)#0}. */
    default String getTaskNameWithSubtasks() {
        return getTaskName()
                + " ("
                + (getIndexOfThisSubtask() + 1)
                + "/"
                + getNumberOfParallelSubtasks()
                + ")#"
                + getAttemptNumber();
    }
}
