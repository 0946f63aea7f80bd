package io.millrace.testutils;

import io.millrace.api.graph.StreamGraph;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobExecutionResult;
import io.millrace.api.stream.JobID;
import io.millrace.api.stream.JobStatus;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The client of the cluster that environments of the test run on. Thread-safe. */
final class MiniClusterClient implements ClusterClient<String> {
    private final Map<JobID, JobClient> jobs = new ConcurrentHashMap<>(); // those of this client

    @Override
    public String getClusterId() {
        return "minicluster";
    }

    @Override
    public CompletableFuture<JobID> submitJob(StreamGraph jobGraph) {
        try {
            JobClient job =
                    StreamExecutionEnvironment.getExecutionEnvironment().executeAsync(jobGraph);
            jobs.put(job.getJobID(), job);
            return CompletableFuture.completedFuture(job.getJobID());
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus(JobID jobId) {
        JobClient job = jobs.get(jobId);
        return job == null ? unknown(jobId) : job.getJobStatus();
    }

    @Override
    public CompletableFuture<Map<String, Object>> getAccumulators(JobID jobID) {
        JobClient job = jobs.get(jobID);
        return job == null ? unknown(jobID) : job.getAccumulators();
    }

    /** Completes when the job has ended. */
    CompletableFuture<JobExecutionResult> result(JobID jobId) {
        JobClient job = jobs.get(jobId);
        return job == null ? unknown(jobId) : job.getJobExecutionResult();
    }

    private static <T> CompletableFuture<T> unknown(JobID jobId) {
        return CompletableFuture.failedFuture(
                new IllegalArgumentException("No job " + jobId + " was submitted by this client."));
    }
}
