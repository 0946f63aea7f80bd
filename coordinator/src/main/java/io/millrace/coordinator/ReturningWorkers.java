package io.millrace.coordinator;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.dispatch.Dispatcher;
import io.millrace.coordinator.job.JobMaster;
import io.millrace.coordinator.job.JobSurroundings;
import io.millrace.coordinator.job.Turn;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The workers of earlier leaders that may come back, since jobs count on results that they have.
 * Confined to the coordinator's thread.
 */
final class ReturningWorkers {
    private final long epoch;
    private final long waitMs;
    private final WorkerPool pool;
    private final Dispatcher jobs;
    private final WantedWorkers wanted;
    private final Set<String> awaited = new LinkedHashSet<>();

    ReturningWorkers(JobSurroundings surroundings, Dispatcher jobs, WantedWorkers wanted) {
        this.epoch = surroundings.epoch();
        this.waitMs = surroundings.settings().stageRecovery().workerReturnMs();
        this.pool = surroundings.pool();
        this.jobs = jobs;
        this.wanted = wanted;
    }

    /** Waits for those that the jobs need, which have been taken over. */
    void await(Turn turn) {
        jobs.active().forEach(job -> awaited.addAll(job.demand().awaitedWorkers()));
        if (!awaited.isEmpty()) {
            turn.add(new Effect.KeepWorkers(List.copyOf(awaited)));
            turn.add(new Effect.SetTimer(new TimerId(Purpose.WORKERS_RETURN, "", 0), waitMs));
        }
    }

    boolean isAwaited(String workerId) {
        return awaited.contains(workerId);
    }

    int count() {
        return awaited.size();
    }

    /** One has come back, with nothing but the results of stages. */
    void onReturned(ToCoordinator.RegisterWorker registration, Turn turn) {
        String workerId = registration.address().workerId();
        awaited.remove(workerId);
        Map<JobId, Set<ResultId>> held = new LinkedHashMap<>();
        jobs.active().stream()
                .filter(job -> job.demand().awaitedWorkers().contains(workerId))
                .forEach(job -> held.put(job.id(), new LinkedHashSet<>()));
        registration
                .results()
                .forEach(
                        id ->
                                held.computeIfAbsent(id.jobId(), key -> new LinkedHashSet<>())
                                        .add(id));
        held.forEach(
                (id, results) -> {
                    JobMaster job = jobs.active(id);
                    if (job == null) {
                        turn.add(new Effect.Send(workerId, new ToWorker.ReleaseJob(epoch, id)));
                    } else {
                        job.onWorkerReturned(workerId, results, turn);
                    }
                });
    }

    /** One will not come back. Returns false if it was not waited for. */
    boolean onGone(String workerId, String reason, Turn turn) {
        if (!awaited.remove(workerId)) {
            return false;
        }
        pool.onRejected(workerId);
        wanted.tellAgain();
        turn.add(new Effect.ReleaseWorker(workerId, reason));
        FailureReport failure =
                new FailureReport(
                        ErrorCode.WORKER_LOST,
                        "Worker " + workerId + " has not come back: " + reason,
                        "",
                        null);
        jobs.active().forEach(job -> job.onWorkerLost(workerId, failure, turn));
        return true;
    }

    /** They have been waited for long enough. */
    void onWaitOver(Turn turn) {
        List.copyOf(awaited).forEach(id -> onGone(id, "it was waited for too long", turn));
    }
}
