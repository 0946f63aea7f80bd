package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.Event;
import java.util.List;

/** Makes the faults of a schedule happen, to whatever is there at that moment. */
final class FaultHand {
    private final Simulation world;

    FaultHand(Simulation world) {
        this.world = world;
    }

    void apply(Fault fault) {
        world.trace("fault " + fault.kind() + " " + fault.target() + " " + fault.durationMs());
        SimulatedWorker worker = pick(world.liveWorkers(), fault.target());
        SimulatedJob job = pick(world.jobs(), fault.target());
        CoordinatorProcess leader = world.leader();
        switch (fault.kind()) {
            case WORKER_CRASH -> {
                if (worker != null) {
                    worker.end("crashed");
                }
            }
            case WORKER_PAUSE -> {
                if (worker != null && !worker.isPaused()) {
                    worker.pause(fault.durationMs());
                }
            }
            case CONNECTION_LOSS -> {
                if (worker != null && worker.link() != null) {
                    worker.link().breakOff("connection reset");
                }
            }
            case GONE_TWICE -> {
                if (worker != null && leader != null) {
                    leader.deliver(new Event.WorkerGone(worker.id(), "a rumour"));
                    leader.deliver(new Event.WorkerGone(worker.id(), "a rumour"));
                    leader.deliver(new Event.WorkerGone("w-0", "a stranger"));
                }
            }
            case SLOW_NETWORK -> world.slowNetwork(fault.durationMs());
            case WORKERS_REFUSED -> world.refuse(fault.durationMs());
            case WORKERS_SLOW -> world.slowStarts(fault.durationMs());
            case COMMIT_FAILS -> world.failCommits(fault.durationMs());
            case COMMIT_REPLY_LOST -> world.loseReplies(fault.durationMs());
            case TASK_BREAKS -> {
                SimulatedTask task = pick(runningTasks(), fault.target());
                if (task != null) {
                    task.fail(ErrorCode.EXCHANGE_FAILED, "connection reset");
                }
            }
            case RESULT_DAMAGED -> {
                SimulatedWorker holder = pick(workersWithResults(), fault.target());
                if (holder != null) {
                    holder.damageResult(fault.target());
                }
            }
            case NODE_SLOW -> {
                if (worker != null) {
                    world.slowNode(worker.node(), fault.durationMs());
                    if (fault.target() % 3 == 0) {
                        world.agenda().after((int) fault.durationMs() / 4, () -> breakSlow(worker));
                    }
                }
            }
            case USER_CODE_THROWS -> throwInUserCode(fault.target());
            case TASK_STUCK -> {
                SimulatedTask task = pick(runningTasks(), fault.target());
                if (task != null) {
                    task.stick();
                }
            }
            case CANCEL -> {
                if (leader != null) {
                    leader.deliver(new Event.JobCancelRequested(job.graph().jobId(), "somebody"));
                }
            }
            case SUBMIT_AGAIN -> {
                if (job.submitAtMs() <= world.agenda().nowMs()) {
                    world.submit(job);
                }
            }
            case COORDINATOR_CRASH -> {
                if (leader != null) {
                    leader.crash("killed");
                }
            }
            case CRASH_BETWEEN_EFFECTS -> {
                if (leader != null && fault.target() % 2 == 0) {
                    leader.crashOnNextJournal();
                } else if (leader != null) {
                    leader.crashAfterEffects(1 + fault.target() % 12);
                }
            }
            case COORDINATOR_PAUSE -> {
                if (leader != null && !leader.isPaused()) {
                    world.pauseLeader(fault.durationMs());
                }
            }
            case CHECKPOINT_DECLINED -> {
                if (worker != null) {
                    worker.declineNext();
                }
            }
            case POSITION_THROWS -> {
                if (leader != null) {
                    leader.failNextPosition();
                }
            }
            case STORAGE_FAILS -> world.failStorage(fault.durationMs());
            case STORAGE_SLOW -> world.slowStorage(fault.durationMs());
            case POINTER_REPLY_LOST -> world.losePointerReplies(fault.durationMs());
            case FILE_DAMAGED -> {
                world.storage().damage(fault.target());
                SimulatedTask task = pick(runningTasks(), fault.target());
                if (fault.target() % 3 == 0 && task != null) {
                    task.fail(ErrorCode.EXCHANGE_FAILED, "connection reset");
                } else if (fault.target() % 3 == 1 && leader != null) {
                    leader.crash("killed");
                }
            }
            case ENUMERATOR_THROWS -> {
                if (leader != null) {
                    leader.failEnumerator(fault.target());
                }
            }
        }
    }

    /** In the end, what was slow breaks. */
    private static void breakSlow(SimulatedWorker worker) {
        if (worker.isAlive() && !worker.isPaused()) {
            worker.liveTasks().stream()
                    .filter(SimulatedTask::isWorking)
                    .forEach(task -> task.fail(ErrorCode.STORAGE_FAILED, "disk is full"));
        }
    }

    /** The task that reads from it may notice first, and blame the connection. */
    private void throwInUserCode(int target) {
        SimulatedTask task = pick(runningTasks(), target);
        if (task == null) {
            return;
        }
        if (target % 2 == 0) {
            runningTasks().stream()
                    .filter(other -> other != task)
                    .filter(other -> other.id().jobId().equals(task.id().jobId()))
                    .findFirst()
                    .ifPresent(other -> other.fail(ErrorCode.EXCHANGE_FAILED, "peer closed"));
        }
        task.fail(ErrorCode.USER_CODE_FAILED, "division by zero");
    }

    private List<SimulatedWorker> workersWithResults() {
        return world.liveWorkers().stream().filter(SimulatedWorker::hasResults).toList();
    }

    private List<SimulatedTask> runningTasks() {
        return world.liveWorkers().stream()
                .filter(worker -> !worker.isPaused())
                .flatMap(worker -> worker.liveTasks().stream())
                .filter(SimulatedTask::isWorking)
                .toList();
    }

    private static <T> T pick(List<T> from, int target) {
        return from.isEmpty() ? null : from.get(target % from.size());
    }
}
