package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.CoordinatorSettings;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.checkpoint.CheckpointCoordinator;
import io.millrace.coordinator.checkpoint.CheckpointPolicy;
import io.millrace.coordinator.checkpoint.Restores;
import io.millrace.coordinator.checkpoint.Savepoints;
import io.millrace.coordinator.enumerate.Enumerators;
import io.millrace.coordinator.failover.FailoverDecision;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.journal.StageHistory;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.coordinator.operation.OperationLedger;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.coordinator.schedule.ScaledJob;
import io.millrace.coordinator.schedule.SlotLayout;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Runs one job: routes what happens to its regions, and carries out what is decided about them.
 * Confined to the coordinator's thread.
 *
 * <p>The order of effects is the promise: a job is journalled before anything is done for it,
 * {@code CommitStarted} before the commit, the result before anybody hears of it.
 */
public final class JobMaster {
    private final ScaledJob scaled;
    private final JobGraph graph;
    private final CoordinatorSettings settings;
    private final long epoch;
    private final WorkerPool pool;
    private final long submittedAtMs;
    private final JobRegions regions;
    private final StageMaster stages;
    private final SecondAttempts seconds;
    private final JobSlots slots;
    private final JobTimers timers;
    private final WorkerWait wait;
    private final Enumerators enumerators;
    private final ReaderTraffic readers;
    private final Deployment deployment;
    private final CheckpointCoordinator checkpoints;
    private final FailureLog failures;
    private final JobRestarts restarts;
    private final OperationLedger operations;
    private final Rescaling rescaling;
    private JobState state = JobState.CREATED;
    private Ending ending;
    private Committing committing;
    private Stopping stopping; // null unless the job ends with a savepoint
    private JobResult result;
    private JobView page;
    private List<String> inputHosts = List.of();

    /**
     * @param scaled the job, with the parallelism that it has now
     */
    public JobMaster(
            ScaledJob scaled,
            CoordinatorSettings settings,
            long epoch,
            WorkerPool pool,
            OperationLedger operations,
            long submittedAtMs) {
        this(scaled, settings, epoch, pool, operations, submittedAtMs, null);
    }

    /**
     * @param before the same job at another parallelism, none of whose tasks runs; null if there is
     *     none
     */
    private JobMaster(
            ScaledJob scaled,
            CoordinatorSettings settings,
            long epoch,
            WorkerPool pool,
            OperationLedger operations,
            long submittedAtMs,
            JobMaster before) {
        this.scaled = scaled;
        this.graph = scaled.graph();
        this.epoch = epoch;
        SlotLayout layout = SlotLayout.of(graph);
        this.settings = settings;
        this.pool = pool;
        this.submittedAtMs = submittedAtMs;
        this.operations = operations;
        this.failures = before == null ? new FailureLog() : before.failures;
        this.restarts = before == null ? new JobRestarts(settings.restart()) : before.restarts;
        this.rescaling = new Rescaling(scaled, pool, operations);
        this.regions = new JobRegions(graph, layout);
        this.slots = new JobSlots(layout.slots(), pool);
        this.timers = new JobTimers(graph.jobId());
        this.wait = new WorkerWait(timers, settings.workerWaitMs());
        this.enumerators = new Enumerators(graph);
        this.deployment = new Deployment(regions::graph, epoch, pool);
        this.stages =
                new StageMaster(
                        graph,
                        regions,
                        enumerators,
                        slots,
                        deployment,
                        pool,
                        settings.stageRecovery().enabled());
        this.readers = new ReaderTraffic(enumerators, regions, epoch, stages.splits());
        this.seconds =
                new SecondAttempts(
                        regions, timers, pool, slots, readers, settings.cancelTimeoutMs());
        this.checkpoints =
                new CheckpointCoordinator(
                        graph,
                        CheckpointPolicy.of(graph),
                        epoch,
                        regions::tasks,
                        enumerators,
                        readers,
                        operations,
                        settings.commitRetryDelayMs(),
                        before == null ? null : before.checkpoints);
        if (before != null) {
            inputHosts = before.inputHosts;
            regions.continues(before.regions);
            enumerators.continues(before.enumerators);
            deployment.continues(before.deployment);
            wait.continues(before.wait);
            before.rescaling.continueIn(rescaling);
        }
    }

    // ---- the door: one method for each thing that happens to a job

    /**
     * The job is new: from here on it will get a result.
     *
     * @param inputHosts that have the most of what its sources read, the best first
     */
    public void onSubmitted(List<String> inputHosts, Turn turn) {
        this.inputHosts = inputHosts;
        turn.add(
                new Effect.Journal(new JournalEntry.JobAccepted(scaled.accepted(), submittedAtMs)));
        turn.addAll(stages.begin());
        try {
            readStrategy();
            become(JobState.WAITING_FOR_WORKERS);
            turn.addAll(checkpoints.begin());
        } catch (MillraceException e) {
            end(Outcome.FAILED, JobFailures.of(e), Advice.FAIL, turn);
        }
    }

    private void readStrategy() {
        CheckpointPolicy.checked(graph);
        stages.adaptive().read(Config.of(graph.config()));
        seconds.read(Config.of(graph.config()), stages.exist());
        restarts.read(Config.of(graph.config()), checkpoints.policy().isEnabled(), stages.exist());
    }

    /**
     * The job has run under an earlier leader, and goes on from its latest checkpoint.
     *
     * @param reservedId see {@link JournalEntry.CheckpointIdsReserved}
     */
    public void onResumed(long reservedId, Turn turn) {
        readStrategy();
        become(JobState.WAITING_FOR_WORKERS);
        turn.addAll(checkpoints.resume(reservedId));
    }

    /**
     * An earlier leader had moved it to the parallelism that it has, and did not say how that went.
     *
     * @param before what it goes back to if it does not come to run
     */
    public void onRescaleResumed(String operationId, ScaledJob before) {
        rescaling.tries(operationId, before);
    }

    /**
     * The job has run under an earlier leader, and goes on from its finished stages.
     *
     * @param history of it in the journal
     */
    public void onStagesResumed(StageHistory history, Turn turn) {
        readStrategy();
        become(JobState.WAITING_FOR_WORKERS);
        turn.addAll(stages.resume(history));
        turn.addAll(checkpoints.begin());
    }

    /** The workers of earlier leaders that it waits for, since they have results. */
    public Set<String> awaitedWorkers() {
        return state.wantsTasks() ? stages.awaited() : Set.of();
    }

    /**
     * A worker of an earlier leader has come back; it runs nothing.
     *
     * @param held results of this job
     */
    public void onWorkerReturned(String workerId, Set<ResultId> held, Turn turn) {
        changed();
        turn.addAll(deployment.onWorkerReturned(workerId, stages.onWorkerReturned(workerId, held)));
    }

    /** An earlier leader had begun to commit: go on with that, and with nothing else. */
    public void onTakenOver(JournalEntry.CommitStarted started, Turn turn) {
        become(JobState.COMMITTING);
        committing = new Committing(started, settings);
        stopping = started.stoppedBy() == null ? null : new Stopping(true);
        turn.addAll(committing.start(regions.graph()));
    }

    /**
     * Deploys the regions that wait, if there are slots for all of them; of a job of stages, those
     * that have what they read, as far as there are slots.
     */
    public void deployIfPossible(Turn turn) {
        if (!state.wantsTasks() || rescaling.isMoving()) {
            return;
        }
        if (stages.exist()) {
            deployStages(turn);
            return;
        }
        if (rescaling.seeksSlots()) {
            seekSlots(turn);
        }
        List<Region> ready = regions.in(Region.Phase.WAITING);
        if (ready.isEmpty() && state != JobState.WAITING_FOR_WORKERS) {
            return;
        }
        slots.vacateBlocked(regions, turn.nowMs());
        if (!slots.fill(ready)) {
            turn.addAll(wait.begin());
            return;
        }
        turn.addAll(wait.end());
        if (checkpoints.mayDeploy()) {
            deploy(ready, turn);
        }
    }

    /** What a change of the parallelism needs is there before anything is changed. */
    private void seekSlots(Turn turn) {
        if (rescaling.fillSlots()) {
            turn.addAll(wait.end());
            turn.addAll(checkpoints.await(turn.nowMs()));
            afterCheckpoints(turn);
        } else {
            turn.addAll(wait.begin());
        }
    }

    /**
     * The job at another parallelism, which takes the place of this one; null unless it is to be
     * so, and the last of its tasks has ended.
     */
    public JobMaster successor(Turn turn) {
        if (!rescaling.isMoving()
                || !state.wantsTasks()
                || !regions.allEnded()
                || !checkpoints.mayDeploy()) {
            return null;
        }
        slots.vacate(turn.nowMs());
        rescaling.vacate(turn.nowMs());
        JobMaster successor =
                new JobMaster(
                        rescaling.next(), settings, epoch, pool, operations, submittedAtMs, this);
        successor.readStrategy();
        successor.become(JobState.WAITING_FOR_WORKERS);
        turn.addAll(successor.checkpoints.resume());
        return successor;
    }

    private void deployStages(Turn turn) {
        if (state == JobState.WAITING_FOR_WORKERS && regions.allFinished()) { // already before
            become(JobState.RUNNING);
            commitIfFinished(turn);
            return;
        }
        beginAnew(stages.lost(), turn);
        if (stages.decide()) {
            changed();
            stages.adaptive().takeWarnings().forEach(text -> turn.add(new Effect.Warn(text)));
        }
        List<Region> ready = stages.startable();
        List<Region> placed = slots.fillSome(ready, stages::nearestTo);
        if (!placed.isEmpty()) {
            turn.addAll(wait.end());
            deploy(placed, turn);
        } else if (!ready.isEmpty() && regions.allEnded()) {
            turn.addAll(wait.begin());
        }
        if (seconds.deploy(stages, deployment, turn)) {
            changed();
        }
    }

    /** What these regions have written does not count any more, and they run again. */
    private void beginAnew(Collection<Region> begun, Turn turn) {
        for (Region region : begun) {
            changed();
            if (stages.beginAnew(region)) {
                clear(region, false, turn);
                onRunEnded(region, turn);
            }
        }
    }

    private void deploy(List<Region> ready, Turn turn) {
        Restores restores;
        try {
            restores =
                    checkpoints.restores(
                            ready.stream()
                                    .flatMap(region -> region.vertexIds().stream())
                                    .distinct()
                                    .toList());
        } catch (MillraceException e) {
            end(Outcome.FAILED, JobFailures.of(e), Advice.FAIL, turn);
            return;
        }
        turn.addAll(stages.reserveAttempts(ready));
        ready.forEach(region -> region.deploy(slots.workers(), pool, turn.nowMs()));
        seconds.look(turn);
        turn.addAll(deployment.of(ready, restores, stages::inputsOf));
        for (Region region : ready) {
            turn.addAll(stages.startEnumerators(region, checkpoints::position));
            turn.addAll(readers.replay(region));
        }
        if (state != JobState.RUNNING && isUnderWay()) {
            become(JobState.RUNNING);
        }
        changed();
        turn.addAll(checkpoints.onTasksStarted(turn.nowMs()));
        commitIfFinished(turn);
    }

    private boolean isUnderWay() {
        return stages.exist() ? regions.noneIsCleared() : regions.allDeployed();
    }

    public void onTaskChanged(String workerId, ToCoordinator.TaskChanged change, Turn turn) {
        SubtaskRun run = regions.attempt(workerId, change.attempt());
        if (run == null || !run.mayBecome(change.state())) {
            return;
        }
        changed();
        Region region = regions.of(change.attempt().vertexId(), change.attempt().subtask());
        boolean overtaken = region.phase() == Region.Phase.FINISHED;
        run.count(change.progress());
        region.move(run, change.state());
        if (overtaken) {
            turn.addAll(deployment.drop(change.results()));
            onOvertakenEnded(region, run, turn);
            return;
        }
        switch (change.state()) {
            case RUNNING -> turn.addAll(enumerators.readerRuns(run.id(), run.host()));
            case FINISHED -> {
                if (region.phase() == Region.Phase.CLEARING) {
                    turn.addAll(deployment.drop(change.results()));
                } else {
                    run.prepared(change.committables());
                    seconds.onFinished(region, run, deployment, turn);
                    stages.onFinished(run, change.results());
                }
                seconds.onEnded(region, run, turn);
                onRunEnded(region, turn);
            }
            case FAILED -> {
                seconds.onEnded(region, run, turn);
                if (change.lost() == null) {
                    onRunFailed(region, run, change.failure(), turn);
                } else {
                    onResultLost(region, run, change, turn);
                }
            }
            case CANCELED -> {
                seconds.onEnded(region, run, turn);
                if (stopping != null) { // it has not heard of the savepoint, or would have finished
                    stopping.unheard(run.id());
                }
                if (region.phase() == Region.Phase.RUNNING) {
                    onRunFailed(region, run, JobFailures.cancelledUnasked(run), turn);
                } else {
                    onRunEnded(region, turn);
                }
            }
            case CREATED, DEPLOYING, CANCELING ->
                    throw new IllegalStateException(run.id() + " became " + change.state());
        }
        turn.addAll(checkpoints.onTasksChanged(turn.nowMs()));
        if (rescaling.awaitsCheckpoint() && checkpoints.areOver()) {
            turn.addAll(rescaling.abandon(JobFailures.noMoreCheckpoints(), turn.nowMs()));
        }
        if (rescaling.isTrial() && state == JobState.RUNNING && regions.allRun()) {
            turn.addAll(rescaling.holds(checkpoints.latestId(), turn.nowMs()));
        }
    }

    /** An attempt has ended after another one had finished: nothing of it counts. */
    private void onOvertakenEnded(Region region, SubtaskRun run, Turn turn) {
        seconds.onEnded(region, run, turn);
        stages.vacateUnused(turn.nowMs());
        commitIfFinished(turn);
        finishIfEnded(turn);
    }

    /** A worker that any of the job's attempts may have run on has left the pool. */
    public void onWorkerLost(String workerId, FailureReport failure, Turn turn) {
        slots.lose(workerId);
        turn.addAll(rescaling.onWorkerLost(workerId, failure, turn.nowMs()));
        stages.onWorkerLost(workerId);
        List<Region> broken = regions.brokenBy(workerId);
        if (broken.isEmpty()) {
            turn.addAll(checkpoints.onWorkerLost(workerId, failure, turn.nowMs()));
            return;
        }
        changed();
        failures.add(turn.nowMs(), failure, null, workerId);
        for (Region region : broken) {
            for (SubtaskRun run : region.liveOn(workerId)) {
                onRunLost(region, run);
                if (region.phase() == Region.Phase.FINISHED) {
                    onOvertakenEnded(region, run, turn);
                } else {
                    seconds.onEnded(region, run, turn);
                }
            }
        }
        List<Region> ran =
                broken.stream()
                        .filter(region -> region.phase() == Region.Phase.RUNNING)
                        .filter(region -> !region.carriesOn())
                        .toList();
        if (!ran.isEmpty()) {
            onRegionsFailed(ran, failure, turn);
        }
        broken.stream()
                .filter(region -> region.phase() != Region.Phase.FINISHED)
                .forEach(region -> onRunEnded(region, turn));
    }

    private void onRunLost(Region region, SubtaskRun run) {
        region.move(run, TaskState.FAILED);
        if (stopping != null) {
            stopping.unheard(run.id());
        }
    }

    /** A node is lost with what its shuffle service had. */
    public void onNodeLost(String node) {
        stages.onNodeLost(node);
    }

    /** Cancels, unless the job ends already or commits: then it is too late. */
    public void onCancelRequested(String who, Turn turn) {
        if (state.wantsTasks()) {
            FailureReport failure = JobFailures.cancelled(graph.name(), who);
            end(Outcome.CANCELED, failure, Advice.FAIL, turn);
        }
    }

    /** The workers that the job may be waiting for will not come. */
    public void onWorkersRefused(FailureReport failure, Turn turn) {
        seconds.onWorkersRefused();
        if (rescaling.seeksSlots()) {
            turn.addAll(wait.end());
            turn.addAll(rescaling.abandon(failure, turn.nowMs()));
        } else if (missingSlots() > 0) {
            failures.add(turn.nowMs(), failure, null, null);
            end(Outcome.FAILED, failure, failure.code().advice(), turn);
        }
    }

    public void onEnumeratorFailed(Event.EnumeratorFailed failed, Turn turn) {
        if (enumerators.isCurrent(failed.vertexId(), failed.generation())) {
            changed();
            String source = "enumerator of " + graph.vertex(failed.vertexId()).name();
            failures.add(turn.nowMs(), failed.failure(), source, null);
            onEnumeratorLost(failed, turn);
        }
    }

    /** All subtasks of the source begin with its first split again. */
    private void onEnumeratorLost(Event.EnumeratorFailed failed, Turn turn) {
        List<Region> all = regions.of(failed.vertexId());
        turn.addAll(stages.forgetSplits(failed.vertexId()));
        List<Region> ran = all.stream().filter(r -> r.phase() == Region.Phase.RUNNING).toList();
        onRegionsFailed(ran, failed.failure(), turn);
        if (state.wantsTasks()) {
            beginAnew(stages.withReaders(all), turn);
        }
        all.forEach(region -> onRunEnded(region, turn));
    }

    /**
     * A subtask could not read what an earlier stage wrote: its writer runs again. That is not the
     * reader's failure, and no restart, unless it happens to the same writer again and again.
     */
    private void onResultLost(
            Region region, SubtaskRun run, ToCoordinator.TaskChanged change, Turn turn) {
        StageMaster.Loss loss = stages.onResultLost(change.lost());
        if (loss != StageMaster.Loss.KNOWN) {
            failures.add(turn.nowMs(), change.failure(), run.id().toString(), run.workerId());
        }
        if (loss == StageMaster.Loss.ONCE_TOO_OFTEN) {
            end(Outcome.FAILED, change.failure(), Advice.FAIL, turn);
        } else if (region.phase() == Region.Phase.RUNNING) {
            clear(region, false, turn);
        }
        onRunEnded(region, turn);
    }

    public void onProgress(String workerId, TaskProgress progress) {
        SubtaskRun run = regions.attempt(workerId, progress.attempt());
        if (run != null && run.isLive()) {
            run.count(progress);
            changed();
        }
    }

    /** The committers are through, with this failure or, if it is null, with success. */
    public void onCommitEnded(FailureReport failure, Turn turn) {
        if (state != JobState.COMMITTING) {
            if (failure != null) {
                failures.add(turn.nowMs(), failure, "commit", null);
            }
            turn.addAll(checkpoints.onCommitEnded(failure, settings.commitAttempts()));
            afterCheckpoints(turn);
            return;
        }
        if (!committing.isUnderWay()) {
            return;
        }
        if (failure == null) {
            if (stopping == null) {
                finish(Outcome.FINISHED, null, turn);
            } else {
                stopping.committed(null);
                finishIfStopped(turn);
            }
            return;
        }
        changed();
        failures.add(turn.nowMs(), failure, "commit", null);
        CommitDecision decision = committing.failed(failure);
        if (decision instanceof CommitDecision.Retry retry) {
            TimerId timer = timers.of(Purpose.COMMIT_RETRY, committing.tries());
            turn.add(new Effect.SetTimer(timer, retry.delayMs()));
        } else if (decision instanceof CommitDecision.Fail fail) {
            if (stopping == null) {
                finish(Outcome.FAILED, fail.failure(), turn);
            } else {
                stopping.committed(fail.failure());
                finishIfStopped(turn);
            }
        }
    }

    public void onTimer(TimerId timer, Turn turn) {
        switch (timer.purpose()) {
            case RESTART_DELAY -> onRestartDelayOver(timer);
            case CANCEL_DEADLINE -> onCancelDeadline(timer, turn);
            case SLOW_TASKS -> {
                if (state.wantsTasks()) {
                    seconds.onTimer(timer, turn);
                }
            }
            case WORKERS_WANTED -> onWaitedTooLong(timer, turn);
            case COMMIT_RETRY -> {
                if (state == JobState.COMMITTING && committing.isDue(timer.generation())) {
                    turn.addAll(committing.start(regions.graph()));
                }
            }
            case CHECKPOINT_DUE,
                    CHECKPOINT_TIMEOUT,
                    CHECKPOINT_COMMIT_RETRY,
                    CHECKPOINTS_READ_RETRY -> {
                if (state != JobState.COMMITTING) {
                    turn.addAll(checkpoints.onTimer(timer, turn.nowMs()));
                    afterCheckpoints(turn);
                }
            }
            case WORKER_HEARTBEAT,
                    WORKERS_IDLE,
                    WORKERS_RETURN,
                    NODE_BLOCKED,
                    BLOCKED_NODES_NEEDED ->
                    throw new IllegalArgumentException(timer + " is not about a job");
        }
    }

    // ---- checkpoints

    /** The answer of a worker to a trigger. */
    public void onCheckpointAnswered(String workerId, ToCoordinator answer, Turn turn) {
        turn.addAll(
                answer instanceof ToCoordinator.CheckpointAcked ack
                        ? checkpoints.onAcknowledged(workerId, ack, turn.nowMs())
                        : checkpoints.onDeclined(
                                (ToCoordinator.CheckpointDeclined) answer, turn.nowMs()));
        afterCheckpoints(turn);
    }

    public void onEnumeratorSnapshot(Event.EnumeratorSnapshot snapshot, Turn turn) {
        turn.addAll(checkpoints.onEnumeratorSnapshot(snapshot, turn.nowMs()));
        afterCheckpoints(turn);
    }

    public void onCheckpointStored(Event.CheckpointStored stored, Turn turn) {
        FailureReport failure = stored.failure();
        if (failure != null && failure.code() == ErrorCode.CHECKPOINT_FILE_CORRUPT) {
            failures.add(turn.nowMs(), failure, "checkpoints", null);
        }
        turn.addAll(checkpoints.onStored(stored, turn.nowMs()));
        afterCheckpoints(turn);
    }

    public void onCheckpointDamaged(Event.CheckpointDamaged damaged, Turn turn) {
        if (checkpoints.onDamaged(damaged)) {
            failures.add(turn.nowMs(), damaged.failure(), "checkpoints", null);
        }
        afterCheckpoints(turn);
    }

    public void onCheckpointsRead(Event.CheckpointsRead read, Turn turn) {
        for (Event.FoundCheckpoint found : read.found()) {
            if (found.failure() != null) {
                failures.add(turn.nowMs(), found.failure(), "checkpoints", null);
            }
        }
        if (read.failure() != null) {
            failures.add(turn.nowMs(), read.failure(), "checkpoints", null);
        }
        turn.addAll(checkpoints.onRead(read));
        afterCheckpoints(turn);
    }

    /** Somebody wants a savepoint of the job, or wants it to end with one. */
    public void onOperation(Operation asked, Turn turn) {
        if (asked.kind() == OperationKind.RESCALE) {
            String whyNot = Rescaling.whyNot(state, graph.mode(), checkpoints.policy().isEnabled());
            if (whyNot == null && checkpoints.areOver()) {
                whyNot = JobFailures.noMoreCheckpoints().summary();
            }
            turn.addAll(rescaling.request(asked, slots.count(), whyNot));
        } else if (state.wantsTasks()) {
            turn.addAll(checkpoints.onRequested(asked));
        } else {
            turn.addAll(operations.refuse(asked, state.name()));
        }
    }

    public void onSavepointPlaced(Event.SavepointPlaced placed, Turn turn) {
        turn.addAll(checkpoints.onSavepointPlaced(placed, turn.nowMs()));
        afterCheckpoints(turn);
    }

    public void onSavepointStored(Event.SavepointStored stored, Turn turn) {
        turn.addAll(checkpoints.onSavepointStored(stored, turn.nowMs()));
        afterCheckpoints(turn);
    }

    /** A savepoint is durable: the job is cancelled, ends with it, or has to get over it. */
    private void afterSavepoints(Turn turn) {
        String who = checkpoints.savepoints().takeCancellation();
        if (who != null) {
            onCancelRequested(who, turn);
        }
        FailureReport undrained = checkpoints.savepoints().takeUndrained();
        if (undrained != null && state.wantsTasks()) {
            failures.add(turn.nowMs(), undrained, "checkpoints", null);
            List<Region> ended = regions.all().stream().filter(Region::isWhole).toList();
            onRegionsFailed(ended, undrained, turn);
            ended.forEach(region -> onRunEnded(region, turn));
        }
        if (state == JobState.RUNNING) {
            Savepoints.Stop stop = checkpoints.takeStop();
            if (stop != null) {
                stopWith(stop, turn);
            }
        }
    }

    /** The checkpoint is there from which the job goes on at another parallelism, or is not. */
    private void afterAwaited(Turn turn) {
        CheckpointCoordinator.Awaited awaited = checkpoints.takeAwaited();
        if (awaited == null || !rescaling.awaitsCheckpoint()) {
            return;
        }
        FailureReport failure = awaited.failure();
        if (failure == null) {
            failure = checkpoints.misfit(rescaling.next().graph());
        }
        if (failure != null || state != JobState.RUNNING) {
            FailureReport why = failure == null ? JobFailures.notRunning(state) : failure;
            turn.addAll(rescaling.abandon(why, turn.nowMs()));
            return;
        }
        turn.addAll(rescaling.decide());
        moveAway(JobFailures.rescaled(graph.name(), rescaling.next().parallelism()), turn);
    }

    /** All tasks end, and {@link #successor} begins with what checkpoints have. */
    private void moveAway(FailureReport why, Turn turn) {
        if (state == JobState.RUNNING) {
            become(JobState.RESTARTING);
        }
        turn.addAll(wait.end());
        for (Region region : regions.notFinished()) {
            if (region.phase() == Region.Phase.RUNNING) {
                clear(region, false, turn);
            }
        }
        turn.addAll(checkpoints.onTasksBroken(why, turn.nowMs()));
        regions.notFinished().forEach(region -> onRunEnded(region, turn));
    }

    /** It has not come to run at its new parallelism. Returns false if that is not tried. */
    private boolean goBack(FailureReport failure, Turn turn) {
        if (!rescaling.isTrial() || !state.wantsTasks()) {
            return false;
        }
        turn.addAll(rescaling.goBack(failure));
        moveAway(failure, turn);
        return true;
    }

    /** From here on the job only commits, and its tasks end when their functions have heard. */
    private void stopWith(Savepoints.Stop stop, Turn turn) {
        JournalEntry.CommitStarted sums = soFar();
        turn.addAll(checkpoints.stop(JobFailures.stopped(), turn.nowMs()));
        become(JobState.COMMITTING);
        stopping = new Stopping(false);
        committing =
                new Committing(
                        new JournalEntry.CommitStarted(
                                graph.jobId(),
                                stop.committables(),
                                sums.accumulators(),
                                sums.recordsIn(),
                                sums.recordsOut(),
                                stop.operationId()),
                        settings);
        turn.add(new Effect.Journal(committing.entry()));
        for (Region region : regions.notFinished()) {
            turn.addAll(enumerators.stop(region.vertexIds()));
            List<SubtaskRun> stopped = region.clear(false);
            turn.addAll(deployment.stop(stopped, stop.checkpointId()));
            if (!stopped.isEmpty()) {
                turn.add(timers.set(Purpose.CANCEL_DEADLINE, region, settings.cancelTimeoutMs()));
            }
        }
        turn.addAll(committing.start(regions.graph()));
    }

    private void finishIfStopped(Turn turn) {
        if (state == JobState.COMMITTING && stopping.isCommitted() && regions.allEnded()) {
            FailureReport failure = stopping.failure();
            finish(failure == null ? Outcome.FINISHED : Outcome.FAILED, failure, turn);
        }
    }

    /** What has come of the checkpoints may end the job, restart it, or let it end. */
    private void afterCheckpoints(Turn turn) {
        changed();
        FailureReport fatal = checkpoints.takeFatal();
        if (fatal != null) {
            failures.add(turn.nowMs(), fatal, "checkpoints", null);
            if (state == JobState.CANCELLING && ending.outcome() == Outcome.CANCELED) {
                ending = ending.withLostOutput(fatal);
            } else {
                onRootCauseFound(fatal, turn);
            }
        }
        FailureReport unbearable = checkpoints.takeUnbearable();
        List<Region> running = regions.in(Region.Phase.RUNNING);
        if (unbearable != null && state.wantsTasks() && !running.isEmpty()) {
            failures.add(turn.nowMs(), unbearable, "checkpoints", null);
            onRegionsFailed(running, unbearable, turn);
        }
        afterSavepoints(turn);
        afterAwaited(turn);
        commitIfFinished(turn);
        finishIfEnded(turn);
    }

    // ---- failing and restarting

    private void onRunFailed(Region region, SubtaskRun run, FailureReport failure, Turn turn) {
        failures.add(turn.nowMs(), failure, run.id().toString(), run.workerId());
        if (failure.code() == ErrorCode.CHECKPOINT_FILE_CORRUPT) {
            FailureReport fallback = checkpoints.onCorrupt(run.id().vertexId(), failure);
            if (fallback != null) {
                failures.add(turn.nowMs(), fallback, "checkpoints", null);
            }
        }
        JobFailures.troubleOf(run, failure).ifPresent(turn::blame);
        if (region.phase() == Region.Phase.RUNNING) {
            boolean current = region.current(run.id().vertexId(), run.id().subtask()) == run;
            if (current && restarts.isFinal(failure) || !region.carriesOn()) {
                onRegionsFailed(List.of(region), failure, turn);
            }
        } else if (stopping != null) {
            stopping.unheard(run.id());
        } else if (restarts.isFinal(failure)) {
            onRootCauseFound(failure, turn);
        }
        onRunEnded(region, turn);
        afterCheckpoints(turn);
    }

    /** One event broke these regions, which ran: that counts as one restart. */
    private void onRegionsFailed(List<Region> broken, FailureReport failure, Turn turn) {
        if (goBack(failure, turn)) {
            return;
        }
        turn.addAll(rescaling.abandon(failure, turn.nowMs()));
        boolean canGoBack = graph.bounded() || checkpoints.canRestart();
        FailoverDecision decision = restarts.decide(failure, canGoBack, broken, turn.nowMs());
        if (decision instanceof FailoverDecision.Fail fail) {
            end(Outcome.FAILED, fail.failure(), failure.code().advice(), turn);
        } else if (decision instanceof FailoverDecision.Restart restart) {
            if (state == JobState.RUNNING) {
                become(JobState.RESTARTING);
            }
            for (Region region : broken) {
                clear(region, true, turn);
                turn.add(timers.set(Purpose.RESTART_DELAY, region, restart.delayMs()));
            }
            turn.addAll(checkpoints.onTasksBroken(failure, turn.nowMs()));
        }
    }

    /**
     * While a region is cleared, one of its tasks reports that the program itself is at fault: what
     * had been seen first was a consequence of it, such as a broken exchange.
     */
    private void onRootCauseFound(FailureReport failure, Turn turn) {
        if (state.wantsTasks()) {
            end(Outcome.FAILED, failure, Advice.FAIL, turn);
        } else {
            ending = ending.withRootCause(failure);
        }
    }

    private void clear(Region region, boolean restartLater, Turn turn) {
        if (!region.isOneSubtask() || !state.wantsTasks()) {
            turn.addAll(enumerators.stop(region.vertexIds()));
        }
        List<SubtaskRun> cancelled = region.clear(restartLater);
        turn.addAll(deployment.cancel(cancelled));
        if (!cancelled.isEmpty()) {
            turn.add(timers.set(Purpose.CANCEL_DEADLINE, region, settings.cancelTimeoutMs()));
        }
    }

    /** An attempt of the region may have ended, in whatever way: is the region through? */
    private void onRunEnded(Region region, Turn turn) {
        if (region.phase() == Region.Phase.FINISHED) {
            turn.addAll(stages.onRegionFinished(region));
            stages.vacateUnused(turn.nowMs());
            commitIfFinished(turn);
        } else if (region.phase() == Region.Phase.RUNNING) {
            stages.vacateUnused(turn.nowMs());
        } else if (region.phase() == Region.Phase.CLEARING && region.live() == 0) {
            turn.add(timers.cancel(Purpose.CANCEL_DEADLINE, region));
            if (state == JobState.CANCELLING) {
                finishIfEnded(turn);
            } else if (stopping != null) {
                finishIfStopped(turn);
            } else {
                region.waitForSlotsIfCleared();
                stages.vacateUnused(turn.nowMs());
            }
        }
    }

    private void onRestartDelayOver(TimerId timer) {
        Region region = regions.get(JobTimers.regionOf(timer));
        if (state.wantsTasks() && timer.generation() == region.attempt()) {
            changed();
            region.delayIsOver();
            region.waitForSlotsIfCleared();
        }
    }

    private void onCancelDeadline(TimerId timer, Turn turn) {
        Region region = regions.get(JobTimers.regionOf(timer));
        if (timer.generation() == region.attempt()) {
            for (SubtaskRun run : region.liveRuns()) {
                if (run.state() != TaskState.CANCELING) {
                    continue;
                }
                String reason = JobFailures.stuck(run, graph.name(), settings.cancelTimeoutMs());
                turn.giveUp(run.workerId(), reason);
            }
        }
    }

    // ---- ending

    private void onWaitedTooLong(TimerId timer, Turn turn) {
        if (wait.isOver(timer) && rescaling.seeksSlots()) {
            FailureReport missing =
                    JobFailures.workersMissing(
                            graph.name(),
                            rescaling.missingSlots(),
                            slots.count() + rescaling.missingSlots(),
                            settings.workerWaitMs(),
                            pool);
            turn.addAll(wait.end());
            turn.addAll(rescaling.abandon(missing, turn.nowMs()));
        } else if (wait.isOver(timer)) {
            FailureReport failure =
                    JobFailures.workersMissing(
                            graph.name(),
                            missingSlots(),
                            slots.count(),
                            settings.workerWaitMs(),
                            pool);
            failures.add(turn.nowMs(), failure, null, null);
            end(Outcome.FAILED, failure, failure.code().advice(), turn);
        }
    }

    private void end(Outcome outcome, FailureReport failure, Advice rootAdvice, Turn turn) {
        if (outcome == Outcome.FAILED && goBack(failure, turn)) {
            return;
        }
        become(JobState.CANCELLING);
        ending = new Ending(outcome, failure, rootAdvice);
        turn.addAll(wait.end());
        for (Region region : regions.notFinished()) {
            if (region.phase() == Region.Phase.CLEARING) {
                turn.add(timers.cancel(Purpose.RESTART_DELAY, region));
            } else {
                clear(region, false, turn);
            }
        }
        turn.addAll(checkpoints.stop(failure, turn.nowMs()));
        finishIfEnded(turn);
    }

    private void finishIfEnded(Turn turn) {
        if (state == JobState.CANCELLING && regions.allEnded() && checkpoints.isSettled()) {
            finish(ending.outcome(), ending.failure(), turn);
        }
    }

    private void commitIfFinished(Turn turn) {
        if (state == JobState.RUNNING
                && regions.allFinished()
                && regions.allEnded()
                && checkpoints.isQuiet()) {
            turn.addAll(checkpoints.stop(JobFailures.allFinished(), turn.nowMs()));
            become(JobState.COMMITTING);
            committing = new Committing(soFar(), settings);
            turn.add(new Effect.Journal(committing.entry()));
            turn.addAll(committing.start(regions.graph()));
            slots.vacate(turn.nowMs());
        }
    }

    private void finish(Outcome outcome, FailureReport failure, Turn turn) {
        JournalEntry.CommitStarted counted = committing == null ? soFar() : committing.entry();
        result =
                new JobResult(
                        graph.jobId(),
                        graph.name(),
                        outcome,
                        failure,
                        turn.nowMs(),
                        Math.max(0, turn.nowMs() - submittedAtMs),
                        counted.recordsIn(),
                        counted.recordsOut(),
                        outcome == Outcome.FINISHED ? counted.accumulators() : List.of());
        turn.add(new Effect.Journal(new JournalEntry.JobEnded(result)));
        turn.addAll(
                operations.jobEnded(
                        result, counted.stoppedBy(), stopping == null ? null : stopping.note()));
        turn.addAll(checkpoints.close(outcome));
        turn.addAll(deployment.release());
        slots.vacate(turn.nowMs());
        rescaling.vacate(turn.nowMs());
        turn.add(new Effect.JobEnded(result));
        become(JobState.of(outcome));
    }

    /** What is to be committed yet, and what the current attempts have counted. */
    private JournalEntry.CommitStarted soFar() {
        return new JournalEntry.CommitStarted(
                graph.jobId(),
                checkpoints.lastOutput(),
                regions.accumulators(),
                JobPage.recordsIn(graph, regions),
                JobPage.recordsOut(graph, regions));
    }

    // ---- what the job looks like

    public JobId id() {
        return graph.jobId();
    }

    public JobState state() {
        return state;
    }

    /** Slots that the job needs beyond those it has; 0 if it does not want its tasks to run. */
    public int missingSlots() {
        if (!state.wantsTasks()) {
            return 0;
        }
        if (rescaling.isMoving()) {
            return 0; // it will ask as what it is next
        }
        return slots.missing(stages.exist() ? stages.startable() : regions.notFinished())
                + rescaling.missingSlots();
    }

    /** Hosts on which more slots had best be, the best first; may be empty. */
    public List<String> nearHosts() {
        return stages.exist() ? stages.nearHosts(inputHosts) : inputHosts;
    }

    /** Workers beyond those that would be wanted anyhow, for second attempts of slow tasks. */
    public int lackingForSecondAttempts() {
        return state.wantsTasks() ? seconds.lacking() : 0;
    }

    /** Whether it cannot go on before it gets slots. */
    public boolean isWaitingForWorkers() {
        return wait.isUnderWay();
    }

    /** Whether something would have to run again if this worker, which runs nothing, ended. */
    public boolean needsResultsOf(String workerId) {
        return state.wantsTasks() && stages.needsResultsOf(workerId);
    }

    /** Whether it runs in stages, and will take no slots beyond those that it has. */
    public boolean isInLastSlots() {
        return stages.exist()
                && state == JobState.RUNNING
                && regions.in(Region.Phase.WAITING).isEmpty()
                && regions.in(Region.Phase.CLEARING).isEmpty()
                && seconds.lacking() == 0;
    }

    /** What carries splits and events between this job's readers and enumerators. */
    public ReaderTraffic readers() {
        return readers;
    }

    /** The job for people; made anew only if something has changed. */
    public JobView view() {
        if (page == null) {
            FailureReport failure = ending == null ? null : ending.failure();
            page =
                    JobPage.of(
                            regions.graph(),
                            regions,
                            this::noteOf,
                            new JobPage.Facts(
                                    state,
                                    submittedAtMs,
                                    restarts.count(),
                                    result == null ? failure : result.failure(),
                                    failures.entries(),
                                    result,
                                    checkpoints.view()));
        }
        return page;
    }

    /** Why a vertex runs as it does; null if there is nothing to say. */
    private String noteOf(int vertexId) {
        String decided = stages.adaptive().reasonOf(vertexId);
        String tried = seconds.noteOf(vertexId);
        if (decided == null || tried == null) {
            return decided == null ? tried : decided;
        }
        return decided + "; " + tried;
    }

    private void become(JobState next) {
        state = state.become(next);
        changed();
    }

    private void changed() {
        page = null;
    }
}
