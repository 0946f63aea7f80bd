package io.millrace.runtime.plan;

/**
 * One execution of one subtask. Immutable.
 *
 * @param attempt from 0; a region that restarts gives all its subtasks a higher one
 */
public record AttemptId(JobId jobId, int vertexId, int subtask, int attempt) {
    @Override
    public String toString() {
        return jobId.hex().substring(0, 8) + "/" + vertexId + "/" + subtask + "#" + attempt;
    }
}
