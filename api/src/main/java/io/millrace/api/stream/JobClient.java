package io.millrace.api.stream;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A job that has been submitted, to ask and to cancel. Thread-safe; implemented by the engine. */
public interface JobClient {
    JobID getJobID();

    CompletableFuture<JobStatus> getJobStatus();

    /** Completes when the cancellation has been accepted. */
    CompletableFuture<Void> cancel();

    /**
     * What accumulators hold by now, by name: merged over the subtasks that run or have finished,
     * about two heartbeats old. Left out are those that are large while their tasks run (the
     * accumulators of one subtask are told live up to 32 KiB), and those that cannot be merged.
     */
    CompletableFuture<Map<String, Object>> getAccumulators();

    /** Nothing: a job of this engine lives as long as its application, not as its client. */
    default void reportHeartbeat(long expiredTimestamp) {}

    /**
     * Completes when the job has finished; exceptionally, with a {@code MillraceException}, when it
     * has failed or was cancelled.
     */
    CompletableFuture<JobExecutionResult> getJobExecutionResult();
}
