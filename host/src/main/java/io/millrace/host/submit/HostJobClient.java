package io.millrace.host.submit;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.error.MillraceException;
import io.millrace.api.stream.JobCancellationException;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobExecutionResult;
import io.millrace.api.stream.JobID;
import io.millrace.api.stream.JobStatus;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.runtime.plan.JobId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A job of a coordinator in this process. Thread-safe. */
final class HostJobClient implements JobClient {
    private final Jobs jobs;
    private final JobId jobId;
    private final ClassLoader user;
    private final CompletableFuture<JobResult> ended;
    private final CompletableFuture<JobExecutionResult> result;

    /**
     * @param user sees the classes of the program's accumulators and exceptions
     */
    HostJobClient(Jobs jobs, JobId jobId, ClassLoader user, Cleanups cleanups) {
        this.jobs = jobs;
        this.jobId = jobId;
        this.user = user;
        this.ended = cleanups.after(jobs.result(jobId));
        this.result = ended.thenApplyAsync(this::toResult, this::onOwnThread);
    }

    /** User code runs in accumulators and exceptions, which is not for the coordinator's thread. */
    private void onOwnThread(Runnable reading) {
        Thread thread = new Thread(reading, "result-" + jobId.hex().substring(0, 8));
        thread.setDaemon(true);
        thread.setContextClassLoader(user);
        thread.start();
    }

    @Override
    public JobID getJobID() {
        return JobID.fromHexString(jobId.hex());
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus() {
        if (ended.isDone()) {
            return ended.thenApply(result -> JobStatus.valueOf(result.outcome().name()));
        }
        return CompletableFuture.completedFuture(
                jobs.view()
                        .job(jobId)
                        .map(
                                job ->
                                        switch (job.state()) {
                                            case CREATED -> JobStatus.CREATED;
                                            case WAITING_FOR_WORKERS -> JobStatus.INITIALIZING;
                                            case RUNNING, COMMITTING -> JobStatus.RUNNING;
                                            case RESTARTING -> JobStatus.RESTARTING;
                                            case CANCELLING -> JobStatus.CANCELLING;
                                            case FINISHED -> JobStatus.FINISHED;
                                            case FAILED -> JobStatus.FAILED;
                                            case CANCELED -> JobStatus.CANCELED;
                                        })
                        .orElse(JobStatus.INITIALIZING));
    }

    @Override
    public CompletableFuture<Void> cancel() {
        jobs.cancel(jobId, "the program");
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<String> triggerSavepoint(
            String savepointDirectory, SavepointFormatType formatType) {
        return path(OperationKind.SAVEPOINT, savepointDirectory, formatType);
    }

    @Override
    public CompletableFuture<String> stopWithSavepoint(
            boolean advanceToEndOfEventTime,
            String savepointDirectory,
            SavepointFormatType formatType) {
        return path(
                advanceToEndOfEventTime
                        ? OperationKind.DRAIN_WITH_SAVEPOINT
                        : OperationKind.STOP_WITH_SAVEPOINT,
                savepointDirectory,
                formatType);
    }

    private CompletableFuture<String> path(
            OperationKind kind, String directory, SavepointFormatType format) {
        Operation operation =
                new Operation(
                        UUID.randomUUID().toString().replace("-", ""),
                        jobId,
                        kind,
                        directory,
                        Objects.requireNonNull(format, "formatType"),
                        "the program");
        return jobs.operate(operation)
                .thenApply(
                        ended -> {
                            if (ended.failure() != null) {
                                throw new MillraceException(
                                        ended.failure().code(), ended.failure().summary());
                            }
                            return ended.path();
                        });
    }

    @Override
    public CompletableFuture<Map<String, Object>> getAccumulators() {
        return CompletableFuture.supplyAsync(
                () ->
                        AccumulatorResults.values(
                                jobs.view().job(jobId).map(JobView::accumulators).orElse(List.of()),
                                user));
    }

    @Override
    public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
        return result.copy();
    }

    private JobExecutionResult toResult(JobResult ending) {
        return switch (ending.outcome()) {
            case FINISHED ->
                    new JobExecutionResult(
                            getJobID(),
                            ending.durationMs(),
                            AccumulatorResults.ofFinished(ending.accumulators(), user));
            case FAILED -> throw Failures.exception(jobId, ending.failure(), user);
            case CANCELED ->
                    throw new JobCancellationException(
                            getJobID(),
                            "job '"
                                    + ending.name()
                                    + "' ("
                                    + ending.jobId()
                                    + ") was cancelled"
                                    + (ending.failure() == null
                                            ? "."
                                            : ": " + ending.failure().summary()),
                            null);
        };
    }
}
