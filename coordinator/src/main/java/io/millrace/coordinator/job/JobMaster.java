package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.journal.StageHistory;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.coordinator.schedule.ScaledJob;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.List;
import java.util.Set;

/**
 * Runs one job at one parallelism: routes what happens to it to its {@link JobParts}. Confined to
 * the coordinator's thread.
 *
 * <p>The order of effects is the promise: a job is journalled before anything is done for it,
 * {@code CommitStarted} before the commit, the result before anybody hears of it.
 */
public final class JobMaster {
    private final ScaledJob scaled;
    private final JobSurroundings surroundings;
    private final long submittedAtMs;
    private final JobParts parts;
    private final JobDemand demand;
    private final CurrentView view;

    /**
     * @param scaled the job, with the parallelism that it has now
     */
    public JobMaster(ScaledJob scaled, JobSurroundings surroundings, long submittedAtMs) {
        this(
                scaled,
                surroundings,
                submittedAtMs,
                JobPast.none(scaled.graph(), surroundings.settings()));
    }

    private JobMaster(
            ScaledJob scaled, JobSurroundings surroundings, long submittedAtMs, JobPast past) {
        this.scaled = scaled;
        this.surroundings = surroundings;
        this.submittedAtMs = submittedAtMs;
        this.parts = new JobParts(scaled, surroundings, submittedAtMs, past);
        this.demand =
                new JobDemand(
                        parts.status,
                        parts.regions,
                        parts.holdings,
                        parts.stages,
                        parts.seconds,
                        past.inputHosts());
        this.view =
                new CurrentView(
                        parts.status, parts.regions, parts.stages, parts.seconds, this::facts);
    }

    // ---- its beginning

    /**
     * The job is new: from here on it will get a result.
     *
     * @param hosts that have the most of what its sources read, the best first
     */
    public void onSubmitted(List<String> hosts, Turn turn) {
        demand.inputAt(hosts);
        turn.add(
                new Effect.Journal(new JournalEntry.JobAccepted(scaled.accepted(), submittedAtMs)));
        turn.addAll(parts.stages.begin());
        try {
            parts.readOptions(scaled.graph());
            parts.status.become(JobState.WAITING_FOR_WORKERS);
            turn.addAll(parts.checkpoints.begin());
        } catch (MillraceException e) {
            parts.failover.fail(JobFailures.of(e), Advice.FAIL, turn);
        }
    }

    /**
     * The job has run under an earlier leader, and goes on from its latest checkpoint.
     *
     * @param reservedId see {@link JournalEntry.CheckpointIdsReserved}
     */
    public void onResumed(long reservedId, Turn turn) {
        parts.readOptions(scaled.graph());
        parts.status.become(JobState.WAITING_FOR_WORKERS);
        turn.addAll(parts.checkpoints.resume(reservedId));
    }

    /**
     * An earlier leader had moved it to the parallelism that it has, and did not say how that went.
     *
     * @param before what it goes back to if it does not come to run
     */
    public void onRescaleResumed(String operationId, ScaledJob before) {
        parts.holdings.rescaling().begin(new Rescaling.Trial(operationId, before));
    }

    /**
     * The job has run under an earlier leader, and goes on from its finished stages.
     *
     * @param history of it in the journal
     */
    public void onStagesResumed(StageHistory history, Turn turn) {
        parts.readOptions(scaled.graph());
        parts.status.become(JobState.WAITING_FOR_WORKERS);
        turn.addAll(parts.stages.resume(history));
        turn.addAll(parts.checkpoints.begin());
    }

    /** An earlier leader had begun to commit: go on with that, and with nothing else. */
    public void onTakenOver(JournalEntry.CommitStarted started, Turn turn) {
        parts.commit.takeOver(started, turn);
    }

    /**
     * The job at another parallelism, which takes the place of this one; null unless it is to be
     * so, and the last of its tasks has ended.
     */
    public JobMaster successor(Turn turn) {
        if (!parts.rescale.isThrough()) {
            return null;
        }
        parts.holdings.vacate(turn.nowMs());
        Rescaling rescaling = parts.holdings.rescaling();
        JobMaster successor =
                new JobMaster(
                        rescaling.next(),
                        surroundings,
                        submittedAtMs,
                        new JobPast(
                                parts.failures,
                                parts.restarts,
                                demand.inputHosts(),
                                parts.regions.nextFirstAttempt(),
                                parts.enumerators.nextGeneration(),
                                parts.holdings.deployment().told(),
                                parts.holdings.workerWait().count(),
                                parts.checkpoints.past(),
                                rescaling.trial()));
        successor.parts.readOptions(successor.scaled.graph());
        successor.parts.status.become(JobState.WAITING_FOR_WORKERS);
        turn.addAll(successor.parts.checkpoints.resume());
        return successor;
    }

    // ---- what happens to it: slots and tasks

    /**
     * Deploys the regions that wait, if there are slots for all of them; of a job of stages, those
     * that have what they read, as far as there are slots.
     */
    public void deployIfPossible(Turn turn) {
        if (!parts.status.wantsTasks() || parts.holdings.rescaling().isMoving()) {
            return;
        }
        if (parts.stages.exist()) {
            parts.deployer.deployStages(turn);
            return;
        }
        if (parts.rescale.seekSlots(turn)) {
            parts.news.consequences(turn);
        }
        parts.deployer.deployAll(turn);
    }

    /** A task says that it has come to another state. */
    public void onTaskChanged(String workerId, ToCoordinator.TaskChanged change, Turn turn) {
        SubtaskRun run = parts.regions.attempt(workerId, change.attempt());
        if (run == null || !run.mayBecome(change.state())) {
            return;
        }
        parts.status.changed();
        Region region = parts.regions.of(change.attempt().vertexId(), change.attempt().subtask());
        boolean overtaken = region.phase() == Region.Phase.FINISHED;
        run.count(change.progress());
        region.move(run, change.state());
        if (overtaken) {
            turn.addAll(parts.holdings.deployment().drop(change.results()));
            parts.ends.onOvertakenEnded(region, run, turn);
            return;
        }
        switch (change.state()) {
            case RUNNING -> turn.addAll(parts.enumerators.readerRuns(run.id(), run.host()));
            case FINISHED -> onFinished(region, run, change, turn);
            case FAILED -> {
                parts.seconds.onEnded(region, run, turn);
                if (change.lost() == null) {
                    onRunFailed(region, run, change.failure(), turn);
                } else {
                    parts.losses.onResultLost(region, run, change, turn);
                }
            }
            case CANCELED -> {
                parts.seconds.onEnded(region, run, turn);
                parts.commit.unheard(run.id()); // or it would have finished
                if (region.phase() == Region.Phase.RUNNING) {
                    onRunFailed(region, run, JobFailures.cancelledUnasked(run), turn);
                } else {
                    parts.ends.onRunEnded(region, turn);
                }
            }
            case CREATED, DEPLOYING, CANCELING ->
                    throw new IllegalStateException(run.id() + " became " + change.state());
        }
        turn.addAll(parts.checkpoints.onTasksChanged(turn.nowMs()));
        parts.rescale.onTaskChanged(turn);
    }

    private void onFinished(
            Region region, SubtaskRun run, ToCoordinator.TaskChanged change, Turn turn) {
        if (region.phase() == Region.Phase.CLEARING) {
            turn.addAll(parts.holdings.deployment().drop(change.results()));
        } else {
            run.prepared(change.committables());
            parts.seconds.onFinished(region, run, parts.holdings.deployment(), turn);
            parts.stages.onFinished(run, change.results());
        }
        parts.seconds.onEnded(region, run, turn);
        parts.ends.onRunEnded(region, turn);
    }

    private void onRunFailed(Region region, SubtaskRun run, FailureReport failure, Turn turn) {
        parts.losses.onRunFailed(region, run, failure, turn);
        parts.news.consequences(turn); // a checkpoint may have been found damaged
    }

    /** A task that runs has counted. */
    public void onProgress(String workerId, TaskProgress progress) {
        SubtaskRun run = parts.regions.attempt(workerId, progress.attempt());
        if (run != null && run.isLive()) {
            run.count(progress);
            parts.status.changed();
        }
    }

    public void onEnumeratorFailed(Event.EnumeratorFailed failed, Turn turn) {
        if (parts.enumerators.isCurrent(failed.vertexId(), failed.generation())) {
            parts.losses.onEnumeratorLost(failed, turn);
        }
    }

    // ---- what happens to it: workers

    /**
     * A worker of an earlier leader has come back; it runs nothing.
     *
     * @param held results of this job
     */
    public void onWorkerReturned(String workerId, Set<ResultId> held, Turn turn) {
        parts.status.changed();
        turn.addAll(
                parts.holdings
                        .deployment()
                        .onWorkerReturned(workerId, parts.stages.onWorkerReturned(workerId, held)));
    }

    /** A worker that any of the job's attempts may have run on has left the pool. */
    public void onWorkerLost(String workerId, FailureReport failure, Turn turn) {
        parts.holdings.slots().lose(workerId);
        turn.addAll(parts.holdings.rescaling().onWorkerLost(workerId, failure, turn.nowMs()));
        parts.losses.onWorkerLost(workerId, failure, turn);
    }

    /** A node is lost with what its shuffle service had. */
    public void onNodeLost(String node) {
        parts.stages.onNodeLost(node);
    }

    /** The workers that the job may be waiting for will not come. */
    public void onWorkersRefused(FailureReport failure, Turn turn) {
        parts.seconds.onWorkersRefused();
        if (!parts.rescale.abandonSeeking(failure, turn) && demand.missingSlots() > 0) {
            parts.losses.onWorkersMissing(failure, turn);
        }
    }

    private void onWaitedTooLong(TimerId timer, Turn turn) {
        if (!parts.holdings.workerWait().isOver(timer)) {
            return;
        }
        Rescaling rescaling = parts.holdings.rescaling();
        int beyond = rescaling.missingSlots(); // 0 unless it is to be rescaled
        FailureReport missing =
                JobFailures.workersMissing(
                        scaled.graph().name(),
                        rescaling.seeksSlots() ? beyond : demand.missingSlots(),
                        parts.holdings.slots().count() + beyond,
                        surroundings.settings().workerWaitMs(),
                        surroundings.pool());
        if (!parts.rescale.abandonSeeking(missing, turn)) {
            parts.losses.onWorkersMissing(missing, turn);
        }
    }

    // ---- what happens to it: wishes, commits, time

    /** Cancels, unless the job ends already or commits: then it is too late. */
    public void onCancelRequested(String who, Turn turn) {
        parts.ending.cancel(who, turn);
    }

    /** Somebody wants a savepoint of the job, wants it to end with one, or to be rescaled. */
    public void onOperation(Operation asked, Turn turn) {
        FailureReport refusal = asked.kind().rescales() ? parts.rescale.refusal(asked) : null;
        if (refusal != null) {
            turn.addAll(surroundings.operations().failed(asked.id(), refusal));
        } else if (asked.kind() == OperationKind.RESCALE) {
            parts.rescale.request(asked, turn);
        } else if (parts.status.wantsTasks()) {
            turn.addAll(parts.checkpoints.onRequested(asked));
        } else {
            turn.addAll(surroundings.operations().refuse(asked, parts.status.state().name()));
        }
    }

    /** The committers are through, with this failure or, if it is null, with success. */
    public void onCommitEnded(FailureReport failure, Turn turn) {
        if (parts.status.is(JobState.COMMITTING)) {
            parts.commit.onEnded(failure, turn);
            parts.ending.finishIfCommitted(turn);
        } else {
            parts.news.onCommitEnded(failure, surroundings.settings().commitAttempts(), turn);
        }
    }

    /** A timer of this job has fired; it may mean nothing any more. */
    public void onTimer(TimerId timer, Turn turn) {
        switch (timer.purpose()) {
            case RESTART_DELAY -> parts.clearing.onRestartDelayOver(timer);
            case CANCEL_DEADLINE -> parts.clearing.onDeadline(timer, turn);
            case SLOW_TASKS -> {
                if (parts.status.wantsTasks()) {
                    parts.seconds.onTimer(timer, turn);
                }
            }
            case WORKERS_WANTED -> onWaitedTooLong(timer, turn);
            case COMMIT_RETRY -> parts.commit.onRetryDue(timer, turn);
            case CHECKPOINT_DUE,
                    CHECKPOINT_TIMEOUT,
                    CHECKPOINT_COMMIT_RETRY,
                    CHECKPOINTS_READ_RETRY ->
                    parts.news.onTimer(timer, turn);
            case WORKER_HEARTBEAT,
                    WORKERS_IDLE,
                    WORKERS_RETURN,
                    NODE_BLOCKED,
                    BLOCKED_NODES_NEEDED ->
                    throw new IllegalArgumentException(timer + " is not about a job");
        }
    }

    /** What carries splits and events between this job's readers and enumerators. */
    public ReaderTraffic readers() {
        return parts.readers;
    }

    /** Who hears of this job's checkpoints and savepoints. */
    public CheckpointNews checkpoints() {
        return parts.news;
    }

    // ---- what the job looks like

    public JobId id() {
        return scaled.graph().jobId();
    }

    public JobState state() {
        return parts.status.state();
    }

    /** What it wants of workers. */
    public JobDemand demand() {
        return demand;
    }

    /** The job for people; made anew only if something has changed. */
    public JobView view() {
        return view.get();
    }

    private JobPage.Facts facts() {
        return new JobPage.Facts(
                parts.status.state(),
                submittedAtMs,
                parts.restarts.count(),
                parts.ending.failure(),
                parts.failures.entries(),
                parts.ending.result(),
                parts.checkpoints.view());
    }
}
