package io.millrace.testutils;

import io.millrace.api.graph.StreamGraph;
import io.millrace.api.stream.JobID;
import io.millrace.api.stream.JobStatus;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Submits jobs to a cluster of a test, and asks for them. Thread-safe.
 *
 * @param <T> what names the cluster
 */
public interface ClusterClient<T> extends AutoCloseable {
    T getClusterId();

    /** Completes when the job has been accepted. */
    CompletableFuture<JobID> submitJob(StreamGraph jobGraph);

    /** Exceptionally if this cluster was never given the job. */
    CompletableFuture<JobStatus> getJobStatus(JobID jobId);

    /** As {@code JobClient.getAccumulators()}. */
    CompletableFuture<Map<String, Object>> getAccumulators(JobID jobID);

    /** Nothing: the cluster is the test's. */
    @Override
    default void close() {}
}
