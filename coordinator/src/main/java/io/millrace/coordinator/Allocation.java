package io.millrace.coordinator;

import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.dispatch.Dispatcher;
import io.millrace.coordinator.job.JobMaster;
import io.millrace.coordinator.job.JobSurroundings;
import io.millrace.coordinator.job.Turn;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.coordinator.schedule.NearHosts;
import io.millrace.coordinator.schedule.SlotAssignment;
import java.util.List;

/**
 * Gives free slots to jobs, in the order of their submission, and decides how many workers there
 * shall be: after each event that may have changed one of them. Confined to the coordinator's
 * thread.
 */
final class Allocation {
    private final CoordinatorSettings settings;
    private final WorkerPool pool;
    private final Dispatcher jobs;
    private final NodeBlocks blocks;
    private final WantedWorkers wanted;
    private final ReturningWorkers returning;
    private final WorkerDesk workers;
    private int idleChecks;
    // When the latest of them fires; in the far future if none is set.
    private long idleCheckMs = Long.MAX_VALUE;

    Allocation(
            JobSurroundings surroundings,
            Dispatcher jobs,
            NodeBlocks blocks,
            WantedWorkers wanted,
            ReturningWorkers returning,
            WorkerDesk workers) {
        this.settings = surroundings.settings();
        this.pool = surroundings.pool();
        this.jobs = jobs;
        this.blocks = blocks;
        this.wanted = wanted;
        this.returning = returning;
        this.workers = workers;
    }

    /** Does what follows from what has happened in this turn. */
    void settle(Turn turn) {
        workers.giveUp(turn);
        turn.addAll(blocks.onTroubles(turn.takeTroubles(), turn.nowMs()));
        jobs.active().forEach(job -> deploy(job, turn));
        jobs.retireEnded();
        int missing = jobs.active().stream().mapToInt(job -> job.demand().wantedSlots()).sum();
        if (missing == 0) {
            releaseIdle(turn);
        }
        turn.addAll(blocks.afterDeployment(jobs.active()));
        int lacking =
                Math.max(0, missing - pool.freeSlots())
                        + jobs.active().stream()
                                .mapToInt(job -> job.demand().lackingForSecondAttempts())
                                .sum();
        int want =
                pool.size()
                        + returning.count()
                        + SlotAssignment.workersFor(lacking, settings.workerSlots());
        turn.addAll(wanted.become(want, () -> lacking == 0 ? List.of() : nearHosts()));
    }

    private void deploy(JobMaster job, Turn turn) {
        job.deployIfPossible(turn);
        JobMaster successor = job.successor(turn);
        if (successor != null) {
            jobs.replace(successor);
            successor.deployIfPossible(turn);
        }
    }

    private List<String> nearHosts() {
        return NearHosts.of(
                jobs.active().stream()
                        .filter(job -> job.demand().missingSlots() > 0)
                        .flatMap(job -> job.demand().nearHosts().stream())
                        .toList(),
                pool.members().stream().map(member -> member.address().host()).toList());
    }

    /** Workers that no job has used for a while, and needs no results of, go back. */
    private void releaseIdle(Turn turn) {
        WorkerPool.Idle idle = pool.idle(turn.nowMs(), idleMs(), this::isHeld);
        workers.dismiss(idle.tooLong(), turn);
        if (idle.nextDueMs() < idleCheckMs) {
            idleCheckMs = idle.nextDueMs();
            idleChecks++;
            turn.add(
                    new Effect.SetTimer(
                            new TimerId(Purpose.WORKERS_IDLE, "", idleChecks),
                            idleCheckMs - turn.nowMs()));
        }
    }

    private boolean isHeld(String workerId) {
        return jobs.active().stream().anyMatch(job -> job.demand().needsResultsOf(workerId));
    }

    private long idleMs() {
        boolean allInLastSlots =
                !jobs.active().isEmpty()
                        && jobs.active().stream().allMatch(job -> job.demand().isInLastSlots());
        return allInLastSlots
                ? Math.min(settings.batchIdleMs(), settings.workerIdleMs())
                : settings.workerIdleMs();
    }

    /** Idle workers are looked at again after this event. */
    void onIdleCheck(TimerId timer) {
        if (timer.generation() == idleChecks) {
            idleCheckMs = Long.MAX_VALUE;
        }
    }
}
