package io.millrace.batch.shuffle;

import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Of a worker that alone serves its results: a directory for each job. Immutable.
 *
 * <pre>
 * local directory / millrace-results-JOB-WORKER-PID / eEDGE-pPRODUCER-aATTEMPT .data .index
 * </pre>
 */
record WorkerLayout(String workerId) implements ResultLayout {
    /** Of one job in one worker, also where several workers share a process. */
    private Path ofJob(Path local, JobId jobId) {
        return local.resolve(
                "millrace-results-"
                        + jobId.hex()
                        + "-"
                        + workerId.replace('/', '-')
                        + "-"
                        + ProcessHandle.current().pid());
    }

    @Override
    public ResultPaths create(Path local, ResultId id) throws IOException {
        Path directory = Files.createDirectories(ofJob(local, id.jobId()));
        String name = "e" + id.edgeId() + "-p" + id.producerSubtask() + "-a" + id.attempt();
        return new ResultPaths(
                directory.resolve(name + ".data"), directory.resolve(name + ".index"));
    }

    @Override
    public void onWhole(ResultPaths paths) {
        // Nobody else reads it.
    }

    @Override
    public void onRemoved(ResultPaths paths) {
        // The directory is the job's.
    }

    @Override
    public void removeOrphan(Path local, ResultId id) {
        // They went with their worker.
    }

    @Override
    public void removeJob(Path local, JobId jobId) throws IOException {
        ResultLayout.removeTree(ofJob(local, jobId));
    }

    @Override
    public boolean outlivesWorker() {
        return false;
    }
}
