package io.millrace.api.stream;

import io.millrace.api.checkpoint.SavepointFormatType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A job that has been submitted, to ask and to cancel. Thread-safe; implemented by the engine. */
public interface JobClient {
    JobID getJobID();

    CompletableFuture<JobStatus> getJobStatus();

    /** Completes when the cancellation has been accepted. */
    CompletableFuture<Void> cancel();

    /**
     * Asks for a savepoint and lets the job go on.
     *
     * @param savepointDirectory null for the configured one
     * @param formatType both forms stand alone and are read by every state back end
     * @return the path of the savepoint; exceptionally a {@code MillraceException} that says why
     *     there is none
     */
    CompletableFuture<String> triggerSavepoint(
            String savepointDirectory, SavepointFormatType formatType);

    /**
     * The same, in the default form.
     *
     * @deprecated say the form
     */
    @Deprecated
    default CompletableFuture<String> triggerSavepoint(String savepointDirectory) {
        return triggerSavepoint(savepointDirectory, SavepointFormatType.DEFAULT);
    }

    /**
     * Asks for a savepoint and ends the job with it.
     *
     * @param advanceToEndOfEventTime whether all windows and timers of event time fire before; for
     *     a job that will not be continued; if that fails, the job starts again from its latest
     *     checkpoint
     * @param savepointDirectory null for the configured one
     * @return as {@link #triggerSavepoint(String, SavepointFormatType)}; if it fails, the job goes
     *     on
     */
    CompletableFuture<String> stopWithSavepoint(
            boolean advanceToEndOfEventTime,
            String savepointDirectory,
            SavepointFormatType formatType);

    /**
     * The same, in the default form.
     *
     * @deprecated say the form
     */
    @Deprecated
    default CompletableFuture<String> stopWithSavepoint(
            boolean advanceToEndOfEventTime, String savepointDirectory) {
        return stopWithSavepoint(
                advanceToEndOfEventTime, savepointDirectory, SavepointFormatType.DEFAULT);
    }

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
