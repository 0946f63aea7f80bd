package io.millrace.coordinator;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.blocklist.Blocklist;
import io.millrace.coordinator.blocklist.NodeTrouble;
import io.millrace.coordinator.checkpoint.CheckpointPolicy;
import io.millrace.coordinator.dispatch.Dispatcher;
import io.millrace.coordinator.job.JobMaster;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.job.JobSurroundings;
import io.millrace.coordinator.job.Turn;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.journal.StageHistory;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationLedger;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.coordinator.schedule.NearHosts;
import io.millrace.coordinator.schedule.ScaledJob;
import io.millrace.coordinator.schedule.SlotAssignment;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The control plane of one application: an event goes in, effects come out. Confined to one thread;
 * starts nothing, waits for nothing, reads no clock.
 *
 * <p>A router: jobs are the {@link JobMaster}'s business, workers the {@link WorkerPool}'s. What is
 * decided here is only what concerns all of them: who gets free slots, and how many workers exist.
 *
 * <p>Time is milliseconds since 1970 as the host's clock said at its start, advanced by a monotonic
 * clock: it never goes back, whatever happens to the wall clock.
 */
public final class Coordinator {
    private static final int NOT_TOLD = -1;

    private final CoordinatorSettings settings;
    private final long epoch;
    private final WorkerPool pool;
    private final NodeBlocks blocks;
    private final Dispatcher jobs = new Dispatcher();
    private final OperationLedger operations = new OperationLedger();
    private final JobSurroundings surroundings;
    // Workers of earlier leaders that may come back.
    private final Set<String> returning = new LinkedHashSet<>();
    // What the cluster was told last; NOT_TOLD when it has to be told again.
    private int wanted;
    private int idleChecks;
    // When the latest of them fires; in the far future if none is set.
    private long idleCheckMs = Long.MAX_VALUE;

    /**
     * @param epoch of this leader, higher than that of every one before; at least 1
     */
    public Coordinator(CoordinatorSettings settings, long epoch) {
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch " + epoch);
        }
        this.settings = settings;
        this.epoch = epoch;
        Blocklist blocklist = new Blocklist(settings.blocklist());
        this.pool =
                new WorkerPool(
                        settings.heartbeatIntervalMs(), settings.heartbeatTimeoutMs(), blocklist);
        this.blocks = new NodeBlocks(blocklist, pool);
        this.surroundings = new JobSurroundings(settings, epoch, pool, operations);
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
            settle(turn);
        }
        return turn.effects();
    }

    /**
     * Begins as the successor of earlier leaders; to be called first, with the whole journal.
     *
     * <p>A job that ended stays ended: its result is known, and a submission of its id changes
     * nothing. One that had begun to commit commits again, which is idempotent, and never runs
     * again. One that takes checkpoints goes on from its latest, one of stages from those that have
     * finished, with the results of workers that come back. Any other that had only been accepted
     * is dropped: its program runs again in the new process and submits it anew, under the same id
     * or another; nothing that it had prepared was ever committed.
     */
    public List<Effect> recover(List<JournalEntry> journal, long nowMs) {
        Map<JobId, JournalEntry.JobAccepted> accepted = new LinkedHashMap<>();
        Map<JobId, JournalEntry.CommitStarted> started = new LinkedHashMap<>();
        Map<JobId, Long> reservedIds = new LinkedHashMap<>();
        Map<JobId, StageHistory> stages = new LinkedHashMap<>();
        Map<JobId, String> stopped = new LinkedHashMap<>();
        Map<JobId, List<JournalEntry.JobRescaled>> rescaled = new LinkedHashMap<>();
        for (JournalEntry entry : journal) {
            switch (entry.kind()) {
                case JOB_ACCEPTED -> accepted.put(entry.jobId(), (JournalEntry.JobAccepted) entry);
                case COMMIT_STARTED ->
                        started.put(entry.jobId(), (JournalEntry.CommitStarted) entry);
                case CHECKPOINT_IDS_RESERVED ->
                        reservedIds.put(
                                entry.jobId(),
                                ((JournalEntry.CheckpointIdsReserved) entry).highestId());
                case ATTEMPTS_RESERVED ->
                        stages.computeIfAbsent(entry.jobId(), id -> new StageHistory())
                                .add((JournalEntry.AttemptsReserved) entry);
                case STAGES_PROGRESSED ->
                        stages.computeIfAbsent(entry.jobId(), id -> new StageHistory())
                                .add((JournalEntry.StagesProgressed) entry);
                case OPERATION_ACCEPTED, OPERATION_PLACED, OPERATION_ENDED ->
                        operations.recover(entry);
                case JOB_RESCALED -> {
                    operations.recover(entry);
                    rescaled.computeIfAbsent(entry.jobId(), id -> new ArrayList<>())
                            .add((JournalEntry.JobRescaled) entry);
                }
                case JOB_ENDED -> {
                    accepted.remove(entry.jobId());
                    JournalEntry.CommitStarted commit = started.remove(entry.jobId());
                    if (commit != null && commit.stoppedBy() != null) {
                        stopped.put(entry.jobId(), commit.stoppedBy());
                    }
                    jobs.rememberResult(((JournalEntry.JobEnded) entry).result());
                }
            }
        }
        Turn turn = new Turn(nowMs);
        started.forEach(
                (id, commit) -> {
                    JournalEntry.JobAccepted job = accepted.get(id);
                    if (job == null) {
                        throw new MillraceException(
                                ErrorCode.STORAGE_FAILED,
                                "the journal says that job "
                                        + id
                                        + " began to commit, but not that it was accepted: an entry"
                                        + " is missing. Check the journal's files for damage.");
                    }
                    JobMaster master = master(job, rescaled);
                    jobs.add(master);
                    master.onTakenOver(commit, turn);
                });
        accepted.values().stream()
                .filter(job -> !started.containsKey(job.jobId()))
                .filter(job -> CheckpointPolicy.of(job.graph()).isEnabled())
                .forEach(
                        job -> {
                            JobMaster master = master(job, rescaled);
                            jobs.add(master);
                            master.onResumed(reservedIds.getOrDefault(job.jobId(), 0L), turn);
                            resumeRescale(master, job, rescaled);
                        });
        accepted.values().stream()
                .filter(job -> !started.containsKey(job.jobId()))
                .filter(job -> stages.containsKey(job.jobId()))
                .forEach(
                        job -> {
                            JobMaster master = master(job, rescaled);
                            jobs.add(master);
                            master.onStagesResumed(stages.get(job.jobId()), turn);
                        });
        started.forEach((id, commit) -> stopped.put(id, commit.stoppedBy()));
        turn.addAll(operations.settle(this::resultOf, stopped::get));
        cancelAfterSavepoints(turn);
        awaitWorkers(turn);
        settle(turn);
        return turn.effects();
    }

    /** A job with the parallelism that it was given last. */
    private JobMaster master(
            JournalEntry.JobAccepted job, Map<JobId, List<JournalEntry.JobRescaled>> rescaled) {
        return new JobMaster(
                scaled(job, rescaled.getOrDefault(job.jobId(), List.of())),
                surroundings,
                job.submittedAtMs());
    }

    private static ScaledJob scaled(
            JournalEntry.JobAccepted job, List<JournalEntry.JobRescaled> steps) {
        return new ScaledJob(
                job.graph(), steps.isEmpty() ? 0 : steps.get(steps.size() - 1).parallelism());
    }

    /** It had moved to the parallelism that it has, and nobody knows whether it came to run. */
    private void resumeRescale(
            JobMaster master,
            JournalEntry.JobAccepted job,
            Map<JobId, List<JournalEntry.JobRescaled>> rescaled) {
        List<JournalEntry.JobRescaled> steps = rescaled.getOrDefault(job.jobId(), List.of());
        if (steps.isEmpty()) {
            return;
        }
        JournalEntry.JobRescaled last = steps.get(steps.size() - 1);
        if (last.failure() == null && operations.isOpen(last.operationId())) {
            master.onRescaleResumed(
                    last.operationId(), scaled(job, steps.subList(0, steps.size() - 1)));
        }
    }

    private JobResult resultOf(JobId jobId) {
        ClusterView.JobView view = jobs.viewOf(jobId);
        return view == null ? null : view.result();
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
            case WORKER_GONE -> {
                Event.WorkerGone gone = (Event.WorkerGone) event;
                if (pool.contains(gone.workerId())) {
                    blame(gone.workerId(), gone.reason(), turn);
                    lose(gone.workerId(), gone.reason(), turn);
                } else if (returning.contains(gone.workerId())) {
                    onNotReturned(gone.workerId(), gone.reason(), turn);
                } else {
                    onStrangerGone(gone, turn);
                }
            }
            case WORKERS_REFUSED -> {
                FailureReport failure = ((Event.WorkersRefused) event).failure();
                jobs.active().forEach(job -> job.onWorkersRefused(failure, turn));
            }
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
            onRegister(workerId, (ToCoordinator.RegisterWorker) message, turn);
            return;
        }
        if (!pool.contains(workerId)) {
            pool.onRejected(workerId);
            String reason = "worker " + workerId + " is not registered; its tasks run elsewhere.";
            turn.add(new Effect.Send(workerId, new ToWorker.Rejected(epoch, reason)));
            return;
        }
        pool.heard(workerId, turn.nowMs());
        if (message.kind() == ToCoordinator.Kind.HEARTBEAT) {
            onHeartbeat(workerId, (ToCoordinator.Heartbeat) message, turn);
            return;
        }
        JobMaster job = jobs.active(message.jobId());
        if (job != null) {
            JobRouting.tell(job, workerId, message, turn);
        }
    }

    private void onRegister(String workerId, ToCoordinator.RegisterWorker registration, Turn turn) {
        String refusal;
        if (pool.contains(workerId)) {
            refusal = "worker " + workerId + " registered twice: its first connection is given up";
            lose(workerId, refusal, turn);
        } else {
            // One that has nothing has perhaps not ended its tasks either.
            boolean expected = returning.contains(workerId) && !registration.results().isEmpty();
            refusal = pool.register(registration, epoch, expected, turn.nowMs()).orElse(null);
        }
        if (refusal != null) {
            pool.onRejected(workerId);
            turn.add(new Effect.Send(workerId, new ToWorker.Rejected(epoch, refusal)));
            if (!onNotReturned(workerId, refusal, turn)) {
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
            onReturned(registration, turn);
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

    /** A worker is lost by no wish of ours. */
    private void blame(String workerId, String reason, Turn turn) {
        String what = "worker " + workerId + " was lost: " + reason;
        turn.blame(NodeTrouble.failure(pool.address(workerId).host(), what));
    }

    /** Takes a worker out of service for good; nothing happens if it is not in. */
    private void lose(String workerId, String reason, Turn turn) {
        if (!pool.contains(workerId)) {
            return;
        }
        String host = pool.address(workerId).host();
        pool.remove(workerId);
        // A driver does not replace by itself what it is told to release.
        wanted = NOT_TOLD;
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

    // ---- workers of earlier leaders

    private void awaitWorkers(Turn turn) {
        jobs.active().forEach(job -> returning.addAll(job.demand().awaitedWorkers()));
        if (!returning.isEmpty()) {
            turn.add(new Effect.KeepWorkers(List.copyOf(returning)));
            long waitMs = settings.stageRecovery().workerReturnMs();
            turn.add(new Effect.SetTimer(new TimerId(Purpose.WORKERS_RETURN, "", 0), waitMs));
        }
    }

    /** It has come back, with nothing but the results of stages. */
    private void onReturned(ToCoordinator.RegisterWorker registration, Turn turn) {
        String workerId = registration.address().workerId();
        returning.remove(workerId);
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

    /** Returns false if it was not waited for. */
    private boolean onNotReturned(String workerId, String reason, Turn turn) {
        boolean awaited = returning.remove(workerId);
        if (awaited) {
            pool.onRejected(workerId);
            wanted = NOT_TOLD;
            turn.add(new Effect.ReleaseWorker(workerId, reason));
            FailureReport failure =
                    new FailureReport(
                            ErrorCode.WORKER_LOST,
                            "Worker " + workerId + " has not come back: " + reason,
                            "",
                            null);
            jobs.active().forEach(job -> job.onWorkerLost(workerId, failure, turn));
        }
        return awaited;
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
                    .ifPresent(
                            failure ->
                                    jobs.active()
                                            .forEach(job -> job.onWorkersRefused(failure, turn)));
        }
    }

    // ---- timers

    private void onTimer(TimerId timer, Turn turn) {
        switch (timer.purpose()) {
            case WORKER_HEARTBEAT -> onHeartbeatCheck(timer.subject(), turn);
            case WORKERS_RETURN ->
                    List.copyOf(returning)
                            .forEach(id -> onNotReturned(id, "it was waited for too long", turn));
            case WORKERS_IDLE -> {
                if (timer.generation() == idleChecks) {
                    idleCheckMs = Long.MAX_VALUE;
                }
            }
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

    private void onHeartbeatCheck(String workerId, Turn turn) {
        if (!pool.contains(workerId)) {
            return;
        }
        WorkerPool.Check check = pool.check(workerId, turn.nowMs());
        if (check instanceof WorkerPool.Check.Again again) {
            turn.add(new Effect.SetTimer(heartbeatTimer(workerId), again.delayMs()));
        } else if (check instanceof WorkerPool.Check.Silent silent) {
            String reason = "nothing heard of it for " + silent.silentMs() + " ms";
            blame(workerId, reason, turn);
            lose(workerId, reason + " (heartbeat.timeout).", turn);
        }
    }

    private static TimerId heartbeatTimer(String workerId) {
        return new TimerId(Purpose.WORKER_HEARTBEAT, workerId, 0);
    }

    // ---- after each event: slots to jobs, workers to the cluster

    private void settle(Turn turn) {
        turn.takeGivenUp()
                .forEach(
                        (workerId, reason) -> {
                            if (pool.contains(workerId)) {
                                blame(workerId, reason, turn);
                                lose(workerId, reason, turn);
                            }
                        });
        turn.addAll(blocks.onTroubles(turn.takeTroubles(), turn.nowMs()));
        jobs.active().forEach(job -> deploy(job, turn));
        jobs.retireEnded();
        int missing = jobs.active().stream().mapToInt(job -> job.demand().wantedSlots()).sum();
        if (missing == 0) {
            releaseIdle(turn);
        }
        turn.addAll(blocks.afterDeployment(jobs.active()));
        int lacking = Math.max(0, missing - pool.freeSlots());
        lacking +=
                jobs.active().stream()
                        .mapToInt(job -> job.demand().lackingForSecondAttempts())
                        .sum();
        int there = pool.size() + returning.size();
        int want = there + SlotAssignment.workersFor(lacking, settings.workerSlots());
        if (want != wanted) {
            wanted = want;
            turn.add(new Effect.WantWorkers(want, lacking == 0 ? List.of() : nearHosts()));
        }
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
        for (String workerId : idle.tooLong()) {
            String reason = "no job needs it";
            turn.add(new Effect.Send(workerId, new ToWorker.Shutdown(epoch, reason)));
            lose(workerId, reason, turn);
        }
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
}
