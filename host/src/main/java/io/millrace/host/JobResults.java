package io.millrace.host;

import io.millrace.coordinator.JobResult;
import io.millrace.runtime.plan.JobId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who waits for which job. Thread-safe. Grows with the jobs of one application, a few hundred bytes
 * each.
 *
 * <p>Futures complete on threads of the common pool, so that what a program hangs on to them never
 * runs on the coordinator's thread.
 */
final class JobResults {
    private final Map<JobId, CompletableFuture<JobResult>> futures = new ConcurrentHashMap<>();

    CompletableFuture<JobResult> of(JobId jobId) {
        return futures.computeIfAbsent(jobId, id -> new CompletableFuture<>());
    }

    void ended(JobResult result) {
        of(result.jobId()).completeAsync(() -> result);
    }

    /** Nobody will ever know here how the others ended. */
    void giveUp(Throwable cause) {
        futures.values()
                .forEach(future -> future.completeExceptionally(CoordinatorLoop.gone(cause)));
    }
}
