package io.millrace.runtime.plan;

/**
 * What one attempt of a subtask wrote for one stored edge. Immutable.
 *
 * @param attempt of the producer
 */
public record ResultId(JobId jobId, int edgeId, int producerSubtask, int attempt) {
    @Override
    public String toString() {
        return jobId.hex().substring(0, 8)
                + "/edge"
                + edgeId
                + ":"
                + producerSubtask
                + "#"
                + attempt;
    }
}
