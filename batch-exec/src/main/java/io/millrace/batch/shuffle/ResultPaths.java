package io.millrace.batch.shuffle;

import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.nio.file.Path;

/**
 * The files of one result of a worker. Immutable.
 *
 * <pre>
 * local directory / millrace-results-JOB-WORKER-PID / eEDGE-pPRODUCER-aATTEMPT .data .index
 *                                                     and .spill, .part while it is written
 * </pre>
 */
record ResultPaths(Path directory, ResultId id) {
    /** Of one job in one worker, also where several workers share a process. */
    static Path ofJob(Path local, JobId jobId, String workerId) {
        return local.resolve(
                "millrace-results-"
                        + jobId.hex()
                        + "-"
                        + workerId.replace('/', '-')
                        + "-"
                        + ProcessHandle.current().pid());
    }

    private Path named(String ending) {
        return directory.resolve(
                "e" + id.edgeId() + "-p" + id.producerSubtask() + "-a" + id.attempt() + ending);
    }

    Path data() {
        return named(".data");
    }

    Path index() {
        return named(".index");
    }

    Path spill() {
        return named(".spill");
    }

    Path dataPart() {
        return named(".data.part");
    }

    Path indexPart() {
        return named(".index.part");
    }
}
