package io.millrace.coordinator;

import io.millrace.coordinator.blocklist.Blocklist;
import io.millrace.coordinator.dispatch.Dispatcher;
import io.millrace.coordinator.job.JobMaster;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.job.JobSurroundings;
import io.millrace.coordinator.job.Turn;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationLedger;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.coordinator.schedule.ScaledJob;
import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.JobId;
import java.util.List;

/**
 * The control plane of one application: an event goes in, effects come out. Confined to one thread;
 * starts nothing, waits for nothing, reads no clock.
 *
 * <p>A router: jobs are the {@link JobMaster}'s business, workers the {@link WorkerDesk}'s, slots
 * and the number of workers the {@link Allocation}'s.
 *
 * <p>Time is milliseconds since 1970 as the host's clock said at its start, advanced by a monotonic
 * clock: it never goes back, whatever happens to the wall clock.
 */
public final class Coordinator {
    private final long epoch;
    private final WorkerPool pool;
    private final NodeBlocks blocks;
    private final Dispatcher jobs = new Dispatcher();
    private final OperationLedger operations = new OperationLedger();
    private final JobSurroundings surroundings;
    private final ReturningWorkers returning;
    private final WorkerDesk workers;
    private final Allocation allocation;

    /**
     * @param epoch of this leader, higher than that of every one before; at least 1
     */
    public Coordinator(CoordinatorSettings settings, long epoch) {
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch " + epoch);
        }
        this.epoch = epoch;
        Blocklist blocklist = new Blocklist(settings.blocklist());
        this.pool =
                new WorkerPool(
                        settings.heartbeatIntervalMs(), settings.heartbeatTimeoutMs(), blocklist);
        this.blocks = new NodeBlocks(blocklist, pool);
        this.surroundings = new JobSurroundings(settings, epoch, pool, operations);
        WantedWorkers wanted = new WantedWorkers();
        this.returning = new ReturningWorkers(surroundings, jobs, wanted);
        this.workers = new WorkerDesk(surroundings, jobs, wanted, returning);
        this.allocation = new Allocation(surroundings, jobs, blocks, wanted, returning, workers);
    }

    /**
     * Handles one event.
     *
     * @return what is to be done, in this order
     */
    public List<Effect> on(Event event, long nowMs) {
        Turn turn = new Turn(nowMs);
        route(event, turn);
        if (mayMoveSlots(event)) {
            allocation.settle(turn);
        }
        return turn.effects();
    }

    /**
     * Begins as the successor of earlier leaders; to be called first, with the whole journal.
     *
     * <p>What becomes of the jobs of earlier leaders, {@link Takeover} says. Where results of
     * stages are counted on, workers that have them may come back.
     */
    public List<Effect> recover(List<JournalEntry> journal, long nowMs) {
        Turn turn = new Turn(nowMs);
        new Takeover(surroundings, jobs).of(journal, turn);
        cancelAfterSavepoints(turn);
        returning.await(turn);
        allocation.settle(turn);
        return turn.effects();
    }

    /** A leader before had perhaps no time for it. */
    private void cancelAfterSavepoints(Turn turn) {
        for (Operation asked : operations.cancelling()) {
            JobMaster job = jobs.active(asked.jobId());
            if (job != null) {
                job.onCancelRequested(asked.who(), turn);
            }
        }
    }

    /** An operation and how far it has come; null if no such id is known. Costs nothing. */
    public OperationView operation(String id) {
        return operations.view(id);
    }

    /** A snapshot. Costs a step for each subtask of the jobs that changed since the last one. */
    public ClusterView view() {
        return new ClusterView(
                epoch,
                pool.members().stream().map(this::view).toList(),
                jobs.views(),
                operations.views(),
                blocks.nodes());
    }

    private ClusterView.WorkerView view(WorkerPool.Member member) {
        String id = member.address().workerId();
        NodeService service = pool.services().of(id);
        return new ClusterView.WorkerView(
                id,
                member.address().host(),
                member.slots(),
                member.freeSlots(),
                service == null ? null : service.host() + ":" + service.port());
    }

    /** Null if the job is not known, or ended too long ago. Costs nothing. */
    public JobState stateOf(JobId jobId) {
        return jobs.stateOf(jobId);
    }

    /** A snapshot of one job; null like {@link #stateOf}. */
    public ClusterView.JobView viewOf(JobId jobId) {
        return jobs.viewOf(jobId);
    }

    /** Leaves out what comes often and concerns one task only. */
    private static boolean mayMoveSlots(Event event) {
        if (event instanceof Event.WorkerSpoke spoke) {
            return switch (spoke.message().kind()) {
                case REGISTER -> true;
                case TASK_CHANGED ->
                        ((ToCoordinator.TaskChanged) spoke.message()).state().isTerminal();
                case HEARTBEAT,
                        SPLIT_REQUESTED,
                        SOURCE_EVENT,
                        SOURCE_WATERMARK,
                        CHECKPOINT_ACKED,
                        CHECKPOINT_DECLINED ->
                        false;
            };
        }
        return event.kind() != Event.Kind.SPLITS_ASSIGNED
                && event.kind() != Event.Kind.ENUMERATOR_SNAPSHOT
                && event.kind() != Event.Kind.ENUMERATOR_HEARS_ATTEMPTS
                && event.kind() != Event.Kind.ENUMERATOR_SPOKE;
    }

    private void route(Event event, Turn turn) {
        switch (event.kind()) {
            case JOB_SUBMITTED -> onJobSubmitted((Event.JobSubmitted) event, turn);
            case JOB_CANCEL_REQUESTED,
                    SPLITS_ASSIGNED,
                    ENUMERATOR_HEARS_ATTEMPTS,
                    ENUMERATOR_SPOKE,
                    ENUMERATOR_FAILED,
                    ENUMERATOR_SNAPSHOT,
                    COMMIT_ENDED,
                    CHECKPOINT_STORED,
                    CHECKPOINT_DAMAGED,
                    CHECKPOINTS_READ,
                    SAVEPOINT_PLACED,
                    SAVEPOINT_STORED -> {
                Event.OfJob ofJob = (Event.OfJob) event;
                JobMaster job = jobs.active(ofJob.jobId());
                if (job != null) {
                    JobRouting.tell(job, ofJob, turn);
                }
            }
            case WORKER_SPOKE -> onWorkerSpoke((Event.WorkerSpoke) event, turn);
            case WORKER_GONE -> workers.onGone((Event.WorkerGone) event, turn);
            case WORKERS_REFUSED ->
                    workers.onRefused(((Event.WorkersRefused) event).failure(), turn);
            case NODE_SERVES -> {
                Event.NodeServes serves = (Event.NodeServes) event;
                pool.services().serves(serves.workerId(), serves.service());
            }
            case NODE_LOST -> {
                String node = ((Event.NodeLost) event).node();
                jobs.active().forEach(job -> job.onNodeLost(node));
            }
            case OPERATION_REQUESTED -> onOperation((Event.OperationRequested) event, turn);
            case SAVEPOINT_FOUND -> {
                turn.addAll(operations.onFound((Event.SavepointFound) event));
                cancelAfterSavepoints(turn);
            }
            case TIMER_FIRED -> onTimer(((Event.TimerFired) event).timer(), turn);
        }
    }

    private void onJobSubmitted(Event.JobSubmitted submitted, Turn turn) {
        if (!jobs.knows(submitted.graph().jobId())) {
            JobMaster job =
                    new JobMaster(
                            ScaledJob.asAccepted(submitted.graph()), surroundings, turn.nowMs());
            jobs.add(job);
            job.onSubmitted(submitted.inputHosts(), turn);
        }
    }

    /** Journalled first, also if there is nothing to be done: whoever asks again hears the same. */
    private void onOperation(Event.OperationRequested requested, Turn turn) {
        Operation asked = requested.operation();
        if (operations.knows(asked.id())) {
            return;
        }
        turn.addAll(operations.accept(asked));
        JobMaster job = jobs.active(asked.jobId());
        if (job != null) {
            job.onOperation(asked, turn);
        } else {
            JobState state = jobs.stateOf(asked.jobId());
            turn.addAll(operations.refuse(asked, state == null ? null : state.name()));
        }
    }

    // ---- workers

    private void onWorkerSpoke(Event.WorkerSpoke spoke, Turn turn) {
        String workerId = spoke.workerId();
        ToCoordinator message = spoke.message();
        if (message.kind() == ToCoordinator.Kind.REGISTER) {
            workers.onRegister((ToCoordinator.RegisterWorker) message, workerId, turn);
            return;
        }
        if (!workers.heard(workerId, turn)) {
            return;
        }
        if (message.kind() == ToCoordinator.Kind.HEARTBEAT) {
            onHeartbeat(workerId, (ToCoordinator.Heartbeat) message, turn);
            return;
        }
        JobMaster job = jobs.active(message.jobId());
        if (job != null) {
            JobRouting.tell(job, workerId, message, turn);
        }
    }

    private void onHeartbeat(String workerId, ToCoordinator.Heartbeat heartbeat, Turn turn) {
        turn.add(new Effect.Send(workerId, new ToWorker.HeartbeatAck(epoch, heartbeat.sequence())));
        for (TaskProgress progress : heartbeat.tasks()) {
            JobMaster job = jobs.active(progress.attempt().jobId());
            if (job != null) {
                job.onProgress(workerId, progress);
            }
        }
    }

    // ---- timers

    private void onTimer(TimerId timer, Turn turn) {
        switch (timer.purpose()) {
            case WORKER_HEARTBEAT -> workers.onHeartbeatCheck(timer.subject(), turn);
            case WORKERS_RETURN -> returning.onWaitOver(turn);
            case WORKERS_IDLE -> allocation.onIdleCheck(timer);
            case NODE_BLOCKED, BLOCKED_NODES_NEEDED ->
                    turn.addAll(blocks.onTimer(timer, jobs.active(), turn.nowMs()));
            case RESTART_DELAY,
                    CANCEL_DEADLINE,
                    SLOW_TASKS,
                    WORKERS_WANTED,
                    COMMIT_RETRY,
                    CHECKPOINT_DUE,
                    CHECKPOINT_TIMEOUT,
                    CHECKPOINT_COMMIT_RETRY,
                    CHECKPOINTS_READ_RETRY -> {
                String hex = timer.subject().split("/", 2)[0];
                JobMaster job = jobs.active(new JobId(hex));
                if (job != null) {
                    job.onTimer(timer, turn);
                }
            }
        }
    }
}
