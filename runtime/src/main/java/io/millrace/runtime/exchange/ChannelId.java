package io.millrace.runtime.exchange;

import io.millrace.runtime.plan.JobId;

/**
 * One channel of an edge between two attempts. Immutable.
 *
 * @param attempt of both ends: a region restarts as a whole
 */
public record ChannelId(
        JobId jobId, int edgeId, int producerSubtask, int consumerSubtask, int attempt) {
    @Override
    public String toString() {
        return jobId.hex().substring(0, 8)
                + "/edge"
                + edgeId
                + ":"
                + producerSubtask
                + "→"
                + consumerSubtask
                + "#"
                + attempt;
    }
}
