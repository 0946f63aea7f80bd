package io.millrace.state.api.writer;

import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.runtime.plan.JobId;
import java.io.Serializable;

/**
 * Where a new savepoint goes. Immutable.
 *
 * @param path of its directory
 * @param jobId as hexadecimal digits, of a job that never was
 */
public record Target(String path, String jobId, long checkpointId) implements Serializable {
    static final long EPOCH = 1;

    CheckpointDirectory directory() {
        return SavepointDirectory.of(path, new JobId(jobId));
    }
}
