package io.millrace.coordinator;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.blocklist.NodeTrouble;
import io.millrace.coordinator.dispatch.Dispatcher;
import io.millrace.coordinator.job.JobSurroundings;
import io.millrace.coordinator.job.Turn;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import java.util.List;

/**
 * Lets workers in, watches whether they live, and takes them out for good; every job hears of that.
 * Confined to the coordinator's thread.
 */
final class WorkerDesk {
    private final CoordinatorSettings settings;
    private final long epoch;
    private final WorkerPool pool;
    private final Dispatcher jobs;
    private final WantedWorkers wanted;
    private final ReturningWorkers returning;

    WorkerDesk(
            JobSurroundings surroundings,
            Dispatcher jobs,
            WantedWorkers wanted,
            ReturningWorkers returning) {
        this.settings = surroundings.settings();
        this.epoch = surroundings.epoch();
        this.pool = surroundings.pool();
        this.jobs = jobs;
        this.wanted = wanted;
        this.returning = returning;
    }

    // ---- coming

    void onRegister(ToCoordinator.RegisterWorker registration, String workerId, Turn turn) {
        String refusal;
        if (pool.contains(workerId)) {
            refusal = "worker " + workerId + " registered twice: its first connection is given up";
            lose(workerId, refusal, turn);
        } else {
            // One that has nothing has perhaps not ended its tasks either.
            boolean expected = returning.isAwaited(workerId) && !registration.results().isEmpty();
            refusal = pool.register(registration, epoch, expected, turn.nowMs()).orElse(null);
        }
        if (refusal != null) {
            pool.onRejected(workerId);
            turn.add(new Effect.Send(workerId, new ToWorker.Rejected(epoch, refusal)));
            if (!returning.onGone(workerId, refusal, turn)) {
                turn.add(new Effect.ReleaseWorker(workerId, refusal));
            }
            return;
        }
        turn.add(
                new Effect.Send(
                        workerId,
                        new ToWorker.Welcome(
                                epoch,
                                settings.heartbeatIntervalMs(),
                                settings.heartbeatTimeoutMs())));
        turn.add(
                new Effect.SetTimer(
                        heartbeatTimer(workerId), pool.firstCheckMs(workerId, turn.nowMs())));
        if (registration.epoch() != 0) {
            returning.onReturned(registration, turn);
        }
    }

    /** Something has come of it. Returns false, having rejected it, if it is not registered. */
    boolean heard(String workerId, Turn turn) {
        if (pool.contains(workerId)) {
            pool.heard(workerId, turn.nowMs());
            return true;
        }
        pool.onRejected(workerId);
        String reason = "worker " + workerId + " is not registered; its tasks run elsewhere.";
        turn.add(new Effect.Send(workerId, new ToWorker.Rejected(epoch, reason)));
        return false;
    }

    // ---- going

    /** Its container or its connection has ended. */
    void onGone(Event.WorkerGone gone, Turn turn) {
        if (pool.contains(gone.workerId())) {
            blameAndLose(gone.workerId(), gone.reason(), gone.reason(), turn);
        } else if (!returning.onGone(gone.workerId(), gone.reason(), turn)) {
            onStrangerGone(gone, turn);
        }
    }

    /** Containers that start and end in vain are not to be asked for until the time-out. */
    private void onStrangerGone(Event.WorkerGone gone, Turn turn) {
        if (jobs.active().stream().anyMatch(job -> job.demand().missingSlots() > 0)) {
            pool.onStrangerEnded(gone.workerId(), gone.reason())
                    .map(failures -> failures + "See the logs of these workers.")
                    .map(
                            summary ->
                                    new FailureReport(
                                            ErrorCode.RESOURCES_NOT_GRANTED, summary, "", null))
                    .ifPresent(failure -> onRefused(failure, turn));
        }
    }

    /** There will be no more workers. */
    void onRefused(FailureReport failure, Turn turn) {
        jobs.active().forEach(job -> job.onWorkersRefused(failure, turn));
    }

    void onHeartbeatCheck(String workerId, Turn turn) {
        if (!pool.contains(workerId)) {
            return;
        }
        WorkerPool.Check check = pool.check(workerId, turn.nowMs());
        if (check instanceof WorkerPool.Check.Again again) {
            turn.add(new Effect.SetTimer(heartbeatTimer(workerId), again.delayMs()));
        } else if (check instanceof WorkerPool.Check.Silent silent) {
            String reason = "nothing heard of it for " + silent.silentMs() + " ms";
            blameAndLose(workerId, reason, reason + " (heartbeat.timeout).", turn);
        }
    }

    /** A job has asked to end these workers. */
    void giveUp(Turn turn) {
        turn.takeGivenUp()
                .forEach(
                        (workerId, reason) -> {
                            if (pool.contains(workerId)) {
                                blameAndLose(workerId, reason, reason, turn);
                            }
                        });
    }

    /** It is lost by no wish of ours, which speaks against its node. */
    private void blameAndLose(String workerId, String why, String reason, Turn turn) {
        String what = "worker " + workerId + " was lost: " + why;
        turn.blame(NodeTrouble.failure(pool.address(workerId).host(), what));
        lose(workerId, reason, turn);
    }

    /** Workers that no job has used for a while go back. */
    void dismiss(List<String> workerIds, Turn turn) {
        for (String workerId : workerIds) {
            String reason = "no job needs it";
            turn.add(new Effect.Send(workerId, new ToWorker.Shutdown(epoch, reason)));
            lose(workerId, reason, turn);
        }
    }

    /** Takes a worker out of service for good; nothing happens if it is not in. */
    private void lose(String workerId, String reason, Turn turn) {
        if (!pool.contains(workerId)) {
            return;
        }
        String host = pool.address(workerId).host();
        pool.remove(workerId);
        wanted.tellAgain();
        turn.add(new Effect.CancelTimer(heartbeatTimer(workerId)));
        turn.add(new Effect.ReleaseWorker(workerId, reason));
        FailureReport failure =
                new FailureReport(
                        ErrorCode.WORKER_LOST,
                        "Worker " + workerId + " on " + host + " was lost: " + reason,
                        "",
                        null);
        jobs.active().forEach(job -> job.onWorkerLost(workerId, failure, turn));
    }

    private static TimerId heartbeatTimer(String workerId) {
        return new TimerId(Purpose.WORKER_HEARTBEAT, workerId, 0);
    }
}
