package io.millrace.runtime.checkpoint;

import java.util.List;

/**
 * The one durable value that says which checkpoints of a job exist. Immutable.
 *
 * @param jobId as hexadecimal digits
 * @param jobName for {@code --resume-latest}
 * @param directory of the job's checkpoints, as a URI
 * @param highestId of all checkpoints that were ever begun under a pointer of this job
 * @param retained those that exist, the oldest first
 */
public record Pointer(
        String jobId,
        String jobName,
        String directory,
        long highestId,
        List<CheckpointRecord> retained) {
    public Pointer {
        retained = List.copyOf(retained);
    }
}
