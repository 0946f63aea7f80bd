package io.millrace.api.stream;

import java.util.concurrent.CompletableFuture;

/** A job that has been submitted, to ask and to cancel. Thread-safe; implemented by the engine. */
public interface JobClient {
    JobID getJobID();

    CompletableFuture<JobStatus> getJobStatus();

    /** Completes when the cancellation has been accepted. */
    CompletableFuture<Void> cancel();

    /**
     * Completes when the job has finished; exceptionally, with a {@code MillraceException}, when it
     * has failed or was cancelled.
     */
    CompletableFuture<JobExecutionResult> getJobExecutionResult();
}
