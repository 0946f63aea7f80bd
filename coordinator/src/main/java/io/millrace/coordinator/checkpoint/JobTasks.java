package io.millrace.coordinator.checkpoint;

import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.plan.AttemptId;
import java.util.List;

/** The current attempts of a job, as its checkpoints see them. */
@FunctionalInterface
public interface JobTasks {
    /** One for each subtask, in the order of vertices and subtasks. */
    List<JobTask> current();

    /**
     * An attempt.
     *
     * @param workerId null before it is deployed
     * @param prepared by its sinks, set when it has finished
     */
    record JobTask(
            AttemptId id, String workerId, TaskState state, List<OperatorCommittables> prepared) {}
}
