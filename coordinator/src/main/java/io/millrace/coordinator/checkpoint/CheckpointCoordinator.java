package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.ClusterView.CheckpointsView;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.checkpoint.PendingCheckpoint.Phase;
import io.millrace.coordinator.enumerate.Enumerators;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationLedger;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * The checkpoints of one job, from the timer to the deletion of the last file: routes what happens
 * to them, and carries out what is decided. Confined to the coordinator's thread.
 *
 * <p>The order of effects is the promise: enumerators answer before workers are told, the pointer
 * is durable before anything is committed or deleted, and while a checkpoint is being stored no
 * task starts from the one before.
 */
public final class CheckpointCoordinator {
    private final JobGraph graph;
    private final CheckpointPolicy policy;
    private final JobTasks tasks;
    private final CheckpointPace pace;
    private final CheckpointIds ids;
    private final CheckpointHistory history;
    private final RestorePoints points;
    private final OutputCommits commits;
    private final PendingCheckpoints pending;
    private final CheckpointReading reading;
    private final CheckpointStoring storing;
    private final Savepoints savepoints;
    private final CheckpointAborts aborts;
    private final CheckpointStart start;
    private final CheckpointTrigger trigger;
    private final CheckpointCompletion completion;
    private final FatalCause fatal = new FatalCause();
    private boolean stopped;

    /**
     * @param commitRetryDelayMs the first pause between two commits
     */
    public CheckpointCoordinator(
            JobGraph graph,
            CheckpointPolicy policy,
            long epoch,
            JobTasks tasks,
            Enumerators enumerators,
            Assignments assignments,
            OperationLedger operations,
            long commitRetryDelayMs,
            CheckpointPast past) {
        this.graph = graph;
        this.policy = policy;
        this.tasks = tasks;
        this.pace = new CheckpointPace(policy.settings());
        this.ids = new CheckpointIds(graph.jobId());
        this.history = past.history();
        this.points = new RestorePoints(graph, policy);
        this.commits = new OutputCommits(graph, commitRetryDelayMs, fatal);
        this.reading = new CheckpointReading(graph, policy, ids, history, points, commits, fatal);
        this.storing = new CheckpointStoring(graph, epoch, tasks, ids, points, commits.open());
        this.savepoints = new Savepoints(graph, operations);
        this.pending = new PendingCheckpoints(pace, history);
        this.aborts =
                new CheckpointAborts(
                        graph,
                        epoch,
                        policy.settings().timeoutMs(),
                        pending,
                        ids,
                        points,
                        assignments,
                        savepoints,
                        this::proceed);
        CheckpointScope scope = new CheckpointScope(graph, epoch, tasks);
        KnownCheckpoints known = new KnownCheckpoints(points, pending, aborts);
        this.start =
                new CheckpointStart(scope, policy.settings(), enumerators, assignments, ids, known);
        this.trigger =
                new CheckpointTrigger(
                        graph.jobId(), policy, tasks, pace, points, pending, savepoints, start);
        this.completion =
                new CheckpointCompletion(scope, known, storing, commits, savepoints, this::proceed);
        ids.skipTo(past.highestId());
    }

    /** For the checkpoints of the job at another parallelism; then this one is not used again. */
    public CheckpointPast past() {
        return new CheckpointPast(ids.highest(), history);
    }

    public Savepoints savepoints() {
        return savepoints;
    }

    // ---- before tasks start

    /** The job is new: the place of its checkpoints is made before anything runs. */
    public List<Effect> begin() {
        return policy.isEnabled() || policy.restoreFrom() != null ? reading.begin() : List.of();
    }

    /**
     * The job has run under an earlier leader.
     *
     * @param reservedId ids up to this one may have been used
     */
    public List<Effect> resume(long reservedId) {
        ids.skipTo(reservedId);
        return reading.resume();
    }

    /** The job was another one before, and goes on from its checkpoints. */
    public List<Effect> resume() {
        return resume(ids.highest());
    }

    public List<Effect> onRead(Event.CheckpointsRead read) {
        if (!reading.onRead(read, stopped)) {
            return reading.retryLater();
        }
        List<Effect> effects = new ArrayList<>(commits.start());
        effects.addAll(points.releaseIfReplaced()); // a leader before had perhaps no time for it
        return effects;
    }

    /** Whether tasks may start: it is known from where, and what that had is committed. */
    public boolean mayDeploy() {
        return !reading.isUnderWay() && !storing.isUnderWay() && commits.open().isEmpty();
    }

    /** What new attempts of these vertices are given; they start from the latest checkpoint. */
    public Restores restores(List<Integer> vertexIds) {
        history.restored(points.latestId());
        return points.restores(vertexIds);
    }

    /** Where an enumerator goes on from; null if it begins anew. */
    public EnumeratorEntry position(int vertexId, int operatorIndex) {
        return points.position(vertexId, operatorIndex);
    }

    /** Whether the job can go back to a point in its own past, the beginning included. */
    public boolean canRestart() {
        return policy.isEnabled() || points.exist();
    }

    // ---- triggering

    /** Tasks have started, finished or come to run. */
    public List<Effect> onTasksStarted(long nowMs) {
        pace.begin(nowMs);
        return proceed(nowMs);
    }

    public List<Effect> onTasksChanged(long nowMs) {
        return trigger.isDue(nowMs) ? proceed(nowMs) : List.of();
    }

    public List<Effect> onTimer(TimerId timer, long nowMs) {
        return switch (timer.purpose()) {
            case CHECKPOINT_DUE -> proceed(nowMs);
            case CHECKPOINT_TIMEOUT -> aborts.onTimeout(timer.generation(), nowMs);
            case CHECKPOINT_COMMIT_RETRY -> commits.start();
            case CHECKPOINTS_READ_RETRY -> reading.again();
            default -> throw new IllegalArgumentException(timer + " is not about checkpoints");
        };
    }

    /** Begins one if one is due and possible; else asks to be woken. */
    private List<Effect> proceed(long nowMs) {
        return stopped || reading.isUnderWay() ? List.of() : trigger.proceed(nowMs);
    }

    /** An enumerator says where it is. */
    public List<Effect> onEnumeratorSnapshot(Event.EnumeratorSnapshot snapshot, long nowMs) {
        return start.onEnumeratorSnapshot(snapshot, nowMs);
    }

    /** Triggers one as soon as possible; {@link #takeAwaited} tells what has become of it. */
    public List<Effect> await(long nowMs) {
        pending.await(ids.highest(), nowMs);
        return proceed(nowMs);
    }

    /** Null while it is not known. Told once. */
    public AwaitedCheckpoint takeAwaited() {
        return pending.takeAwaited();
    }

    /** Whether there will be none any more: tasks have finished, and the job takes none then. */
    public boolean areOver() {
        return !policy.settings().afterTasksFinish()
                && tasks.current().stream().anyMatch(t -> t.state() == TaskState.FINISHED);
    }

    /** Why another form of the job cannot go on from the latest checkpoint; null if it can. */
    public FailureReport misfit(JobGraph other) {
        try {
            points.check(other);
            return null;
        } catch (MillraceException e) {
            return FailureReports.of(e);
        }
    }

    /** Of the checkpoint that tasks have been started from last; 0 if they began anew. */
    public long latestId() {
        return points.latestId();
    }

    // ---- answers

    public List<Effect> onAcknowledged(
            String workerId, ToCoordinator.CheckpointAcked ack, long nowMs) {
        PendingCheckpoint acked = pending.get(ack.checkpointId());
        if (acked != null) {
            return completion.onAcknowledged(acked, workerId, ack, nowMs);
        }
        // While they are being read, nobody knows yet what refers to its file.
        return reading.isUnderWay() ? List.of() : completion.onLateAcknowledgement(ack);
    }

    public List<Effect> onDeclined(ToCoordinator.CheckpointDeclined declined, long nowMs) {
        PendingCheckpoint lost = pending.get(declined.checkpointId());
        return lost == null || lost.phase() != Phase.TASKS
                ? List.of()
                : aborts.failed(lost, declined.cause(), nowMs);
    }

    /** Tasks of the job are being ended: nothing that waits for them, or began with them, holds. */
    public List<Effect> onTasksBroken(FailureReport cause, long nowMs) {
        return aborts.onTasksBroken(cause, nowMs);
    }

    /** A worker has left; it may have owed an answer for tasks that have finished since. */
    public List<Effect> onWorkerLost(String workerId, FailureReport cause, long nowMs) {
        return aborts.onWorkerLost(workerId, cause, nowMs);
    }

    // ---- savepoints

    /** Somebody has asked for one; it is in the ledger. */
    public List<Effect> onRequested(Operation asked) {
        return savepoints.request(asked);
    }

    public List<Effect> onSavepointPlaced(Event.SavepointPlaced placed, long nowMs) {
        List<Effect> effects = new ArrayList<>(savepoints.onPlaced(placed));
        effects.addAll(proceed(nowMs));
        return effects;
    }

    /** A savepoint is whole, or could not be stored. */
    public List<Effect> onSavepointStored(Event.SavepointStored stored, long nowMs) {
        return completion.onSavepointStored(stored, nowMs);
    }

    /**
     * The savepoint that the job ends with from here on, when nothing is being committed; null if
     * there is none. Told once.
     */
    public Savepoints.Stop takeStop() {
        return completion.takeStop();
    }

    /** One exists now, or could not be stored. */
    public List<Effect> onStored(Event.CheckpointStored stored, long nowMs) {
        return completion.onStored(stored, nowMs);
    }

    // ---- committing

    /** The commit that {@link #onStored} or {@link #onRead} asked for has ended. */
    public List<Effect> onCommitEnded(FailureReport failure, int maxTries) {
        return commits.onEnded(failure, stopped ? maxTries : Integer.MAX_VALUE);
    }

    /** What is still to be committed when all tasks have finished. */
    public List<OperatorCommittables> lastOutput() {
        return storing.lastOutput();
    }

    // ---- the end

    /** The tasks are being ended for good. */
    public List<Effect> stop(FailureReport cause, long nowMs) {
        stopped = true;
        List<Effect> effects = new ArrayList<>(onTasksBroken(cause, nowMs));
        effects.add(trigger.stop());
        return effects;
    }

    /** Whether nothing is being stored, read or committed. */
    public boolean isQuiet() {
        return !reading.isUnderWay()
                && !storing.isUnderWay()
                && !savepoints.isUnderWay()
                && !commits.open().isCommitting();
    }

    /** Whether all that complete checkpoints hold is committed, or cannot be. */
    public boolean isSettled() {
        return isQuiet() && (commits.open().isEmpty() || commits.isHopeless());
    }

    /**
     * What becomes of the checkpoints of a job that has ended. They stay, whatever the job says, if
     * they hold output that could not be committed: a job that starts from them commits it. The
     * same if they could not be read: somebody may repair them. Where there are none, the place
     * that was made for them goes. What the job has claimed goes when it has succeeded; one that
     * ends otherwise before it has a checkpoint of its own may have to be started from it again.
     */
    public List<Effect> close(Outcome outcome) {
        RetainedCheckpoints retained = points.retained();
        boolean unreadable =
                !reading.isHistoryKnown() || !retained.isEmpty() && retained.latest() == null;
        boolean kept = policy.keepsAfter(outcome) && !retained.isEmpty();
        if (commits.isHopeless() || unreadable || kept) {
            return points.lastDeletions();
        }
        List<Effect> effects = new ArrayList<>();
        if (policy.isEnabled()) {
            effects.add(new Effect.ForgetCheckpoints(graph));
        }
        if (outcome == Outcome.FINISHED) {
            effects.addAll(points.release());
        }
        return effects;
    }

    public CheckpointPolicy policy() {
        return policy;
    }

    // ---- failures

    /**
     * A task found a file broken. Returns what is to be told beside, or null.
     *
     * <p>If there is nothing else to go back to, that is fatal.
     */
    public FailureReport onCorrupt(int vertexId, FailureReport failure) {
        try {
            FailureReport fallback = points.onCorrupt(vertexId, failure);
            if (fallback != null) {
                history.givenUp(fallback);
            }
            return fallback;
        } catch (MillraceException e) {
            fatal.is(FailureReports.of(e));
            return null;
        }
    }

    /**
     * Somebody has read files that exist, and some are not as written. Restores take another
     * checkpoint if there is one, and the next one is written whole.
     *
     * @return whether that is news of a checkpoint that still exists
     */
    public boolean onDamaged(Event.CheckpointDamaged damaged) {
        boolean news = points.retained().suspect(damaged.files());
        if (news) {
            history.damaged(damaged.failure());
        }
        return news;
    }

    /** Why the job must fail; null if it need not. Told once. */
    public FailureReport takeFatal() {
        return fatal.take();
    }

    /** Why the tasks must start again; null if they need not. Told once. */
    public FailureReport takeUnbearable() {
        return history.takeUnbearable();
    }

    /** Null if the job takes no checkpoints and was not started from one. */
    public CheckpointsView view() {
        return policy.isEnabled() || points.exist()
                ? history.view(pending.size(), points.retained().size())
                : null;
    }
}
