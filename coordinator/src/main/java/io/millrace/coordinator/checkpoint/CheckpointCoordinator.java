package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.ClusterView.CheckpointsView;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.checkpoint.JobTasks.JobTask;
import io.millrace.coordinator.checkpoint.PendingCheckpoint.Phase;
import io.millrace.coordinator.enumerate.Enumerators;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationLedger;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.SavepointTarget;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The checkpoints of one job, from the timer to the deletion of the last file: routes what happens
 * to them, and carries out what is decided. Confined to the coordinator's thread.
 *
 * <p>The order of effects is the promise: enumerators answer before workers are told, the pointer
 * is durable before anything is committed or deleted, and while a checkpoint is being stored no
 * task starts from the one before.
 */
public final class CheckpointCoordinator {
    private static final long NOT_AWAITED = Long.MAX_VALUE;

    private final JobGraph graph;
    private final CheckpointPolicy policy;
    private final long epoch;
    private final JobTasks tasks;
    private final Enumerators enumerators;
    private final Assignments assignments;
    private final CheckpointPace pace;
    private final CheckpointIds ids;
    private final CheckpointHistory history;
    private final RestorePoints points;
    private final OutputCommits commits;
    private final TreeMap<Long, PendingCheckpoint> pending = new TreeMap<>();
    private final CheckpointReading reading;
    private final CheckpointStoring storing;
    private final Savepoints savepoints;
    private final FatalCause fatal = new FatalCause();
    private boolean stopped;
    private long awaitedAfter = NOT_AWAITED;
    private Awaited awaited;

    /**
     * What came of the checkpoint that somebody waits for.
     *
     * @param failure null if it is complete
     */
    public record Awaited(long checkpointId, FailureReport failure) {}

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
        this.epoch = epoch;
        this.tasks = tasks;
        this.enumerators = enumerators;
        this.assignments = assignments;
        this.pace = new CheckpointPace(policy.settings());
        this.ids = new CheckpointIds(graph.jobId());
        this.history = past.history();
        this.points = new RestorePoints(graph, policy);
        this.commits = new OutputCommits(graph, commitRetryDelayMs, fatal);
        this.reading = new CheckpointReading(graph, policy, ids, history, points, commits, fatal);
        this.storing = new CheckpointStoring(graph, epoch, tasks, ids, points, commits.open());
        this.savepoints = new Savepoints(graph, operations);
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
        return savepoints.areWaiting() || pace.isDue(nowMs) ? proceed(nowMs) : List.of();
    }

    public List<Effect> onTimer(TimerId timer, long nowMs) {
        return switch (timer.purpose()) {
            case CHECKPOINT_DUE -> proceed(nowMs);
            case CHECKPOINT_TIMEOUT -> onTimeout(timer.generation(), nowMs);
            case CHECKPOINT_COMMIT_RETRY -> commits.start();
            case CHECKPOINTS_READ_RETRY -> reading.again();
            default -> throw new IllegalArgumentException(timer + " is not about checkpoints");
        };
    }

    /** Triggers if one is due and possible; else asks to be woken. */
    private List<Effect> proceed(long nowMs) {
        if (stopped || reading.isUnderWay() || savepoints.isUnderWay()) {
            return List.of();
        }
        List<Effect> effects = new ArrayList<>();
        if (savepoints.areWaiting()) {
            if (pending.isEmpty() && areReady(true)) {
                trigger(CheckpointKind.SAVEPOINT, savepoints.begin(), nowMs, effects);
            }
            return effects;
        }
        if (!policy.isEnabled()) {
            return effects;
        }
        boolean due = pace.isDue(nowMs);
        if (due
                && pending.size() < policy.settings().maxConcurrent()
                && !isAsking()
                && areReady(policy.settings().afterTasksFinish())) {
            pace.triggered(nowMs);
            history.triggered();
            trigger(points.nextKind(), null, nowMs, effects);
            due = false;
        }
        if (!due) {
            effects.add(new Effect.SetTimer(timer(Purpose.CHECKPOINT_DUE, 0), pace.delayMs(nowMs)));
        }
        return effects;
    }

    /** Whether enumerators are being asked: two at once would hold back for each other. */
    private boolean isAsking() {
        return pending.values().stream().anyMatch(p -> p.phase() == Phase.ENUMERATORS);
    }

    /** Whether every task runs or has finished, and one runs. */
    private boolean areReady(boolean afterTasksFinish) {
        boolean anyRuns = false;
        boolean anyFinished = false;
        for (JobTask task : tasks.current()) {
            anyRuns |= task.state() == TaskState.RUNNING;
            anyFinished |= task.state() == TaskState.FINISHED;
            if (task.state() != TaskState.RUNNING && task.state() != TaskState.FINISHED) {
                return false;
            }
        }
        return anyRuns && (afterTasksFinish || !anyFinished);
    }

    private void trigger(
            CheckpointKind kind, SavepointTarget target, long nowMs, List<Effect> effects) {
        effects.addAll(ids.reserve());
        long id = ids.next();
        List<Effect.SourceRef> sources = enumerators.running();
        PendingCheckpoint begun = new PendingCheckpoint(id, nowMs, kind, target, sources);
        pending.put(id, begun);
        effects.add(
                new Effect.SetTimer(
                        timer(Purpose.CHECKPOINT_TIMEOUT, (int) id),
                        policy.settings().timeoutMs()));
        if (sources.isEmpty()) {
            tellWorkers(begun, nowMs, effects);
        } else {
            effects.add(new Effect.SnapshotEnumerators(graph.jobId(), id, sources));
        }
    }

    public List<Effect> onEnumeratorSnapshot(Event.EnumeratorSnapshot snapshot, long nowMs) {
        PendingCheckpoint asking = pending.get(snapshot.checkpointId());
        Effect.SourceRef source =
                new Effect.SourceRef(
                        snapshot.vertexId(), snapshot.operatorIndex(), snapshot.generation());
        if (asking == null || !asking.isAwaited(source)) {
            return List.of();
        }
        if (snapshot.failure() != null) {
            return failed(asking, snapshot.failure(), nowMs);
        }
        List<Effect> effects = new ArrayList<>();
        String operatorId =
                graph.vertex(snapshot.vertexId())
                        .operators()
                        .get(snapshot.operatorIndex())
                        .identity();
        asking.position(
                source, new EnumeratorEntry(operatorId, snapshot.version(), snapshot.state()));
        assignments.holdBack(source);
        if (asking.hasAllPositions()) {
            tellWorkers(asking, nowMs, effects);
        }
        return effects;
    }

    /** One message for each worker; then what the enumerators have assigned since goes on. */
    private void tellWorkers(PendingCheckpoint begun, long nowMs, List<Effect> effects) {
        begun.become(Phase.TASKS);
        Map<String, List<AttemptId>> byWorker = new LinkedHashMap<>();
        for (JobTask task : tasks.current()) {
            if (task.state() == TaskState.FINISHED) {
                begun.finished(task.id(), task.prepared());
            } else {
                begun.await(task.id(), task.workerId());
                byWorker.computeIfAbsent(task.workerId(), w -> new ArrayList<>()).add(task.id());
            }
        }
        int mostInManifestBytes =
                begun.target() != null && !begun.target().asTables() // it is files
                        ? 0
                        : ManifestSpace.ofWorker(
                                policy.settings().inlineBytes(),
                                byWorker.values().stream().mapToInt(List::size).sum(),
                                byWorker.size(),
                                points.base(begun.kind()));
        byWorker.forEach(
                (worker, attempts) ->
                        effects.add(
                                new Effect.Send(
                                        worker,
                                        new ToWorker.TriggerCheckpoint(
                                                epoch,
                                                graph.jobId(),
                                                begun.id(),
                                                begun.triggeredAtMs(),
                                                begun.kind(),
                                                List.copyOf(attempts),
                                                begun.target(),
                                                mostInManifestBytes))));
        effects.addAll(assignments.letGo());
        if (begun.isAcknowledged()) {
            effects.addAll(givenUp(begun, FailureReports.nothingRuns(begun.id()), nowMs));
        }
    }

    /** Triggers one as soon as possible; {@link #takeAwaited} tells what has become of it. */
    public List<Effect> await(long nowMs) {
        awaitedAfter = ids.highest();
        awaited = null;
        pace.hurry(nowMs);
        return proceed(nowMs);
    }

    /** Null while it is not known. Told once. */
    public Awaited takeAwaited() {
        Awaited taken = awaited;
        if (taken != null) {
            awaitedAfter = NOT_AWAITED;
            awaited = null;
        }
        return taken;
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
        if (acked == null) {
            return onLateAcknowledgement(ack);
        }
        if (acked.phase() != Phase.TASKS) {
            return List.of();
        }
        for (TaskSnapshot task : ack.tasks()) {
            if (task.finished() && !hasFinished(task.attempt())) {
                return failed(acked, FailureReports.unannounced(task.attempt()), nowMs);
            }
        }
        acked.acknowledged(workerId, ack.tasks(), ack.file());
        if (!acked.isAcknowledged()) {
            return List.of();
        }
        acked.become(Phase.ACKNOWLEDGED);
        if (acked.isSavepoint()) {
            return storeSavepoint(acked, nowMs);
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.CancelTimer(timer(Purpose.CHECKPOINT_TIMEOUT, (int) acked.id())));
        for (PendingCheckpoint older : List.copyOf(pending.headMap(acked.id()).values())) {
            if (older.phase() != Phase.STORING) {
                effects.addAll(givenUp(older, FailureReports.overtaken(older, acked), nowMs));
            }
        }
        effects.addAll(storeNext(nowMs));
        return effects;
    }

    /** Whether the attempt has said so: then it is known what its sinks have prepared. */
    private boolean hasFinished(AttemptId attempt) {
        return tasks.current().stream()
                .anyMatch(t -> t.id().equals(attempt) && t.state() == TaskState.FINISHED);
    }

    /** Of one that is over: what was written for nothing goes. */
    private List<Effect> onLateAcknowledgement(ToCoordinator.CheckpointAcked ack) {
        StoredFile file = ack.file();
        boolean needed =
                file == null
                        || reading.isUnderWay() // nobody knows yet what refers to it
                        || points.retained().has(ack.checkpointId())
                        || file.isInManifest()
                        || points.file(file.file()) != null;
        return needed
                ? List.of()
                : List.of(
                        new Effect.DeleteCheckpointFiles(
                                graph, new Garbage(List.of(), List.of(file.file())), List.of()));
    }

    public List<Effect> onDeclined(ToCoordinator.CheckpointDeclined declined, long nowMs) {
        PendingCheckpoint lost = pending.get(declined.checkpointId());
        return lost == null || lost.phase() != Phase.TASKS
                ? List.of()
                : failed(lost, declined.cause(), nowMs);
    }

    private List<Effect> onTimeout(int generation, long nowMs) {
        for (PendingCheckpoint late : List.copyOf(pending.values())) {
            boolean waits =
                    late.phase() == Phase.ENUMERATORS
                            || late.phase() == Phase.TASKS
                            || late.isSavepoint();
            if ((int) late.id() == generation && waits) {
                FailureReport why = FailureReports.timedOut(late, policy.settings().timeoutMs());
                return failed(late, why, nowMs);
            }
        }
        return List.of();
    }

    /** Tasks of the job are being ended: nothing that waits for them, or began with them, holds. */
    public List<Effect> onTasksBroken(FailureReport cause, long nowMs) {
        List<Effect> effects = new ArrayList<>(savepoints.failWaiting(cause));
        for (PendingCheckpoint lost : List.copyOf(pending.values())) {
            if (lost.phase() != Phase.STORING || lost.isSavepoint()) {
                effects.addAll(givenUp(lost, cause, nowMs));
            }
        }
        return effects;
    }

    /** A worker has left; it may have owed an answer for tasks that have finished since. */
    public List<Effect> onWorkerLost(String workerId, FailureReport cause, long nowMs) {
        List<Effect> effects = new ArrayList<>();
        for (PendingCheckpoint lost : List.copyOf(pending.values())) {
            if (lost.awaitsWorker(workerId)) {
                effects.addAll(givenUp(lost, cause, nowMs));
            }
        }
        return effects;
    }

    /** Given up for a reason that counts. */
    private List<Effect> failed(PendingCheckpoint lost, FailureReport why, long nowMs) {
        FailureReport told = FailureReports.ofCheckpoint(lost.id(), why);
        if (!lost.isSavepoint() && lost.id() > awaitedAfter) {
            history.givenUp(told); // who waits for it hears of it, and the job goes on
        } else if (!lost.isSavepoint()) {
            history.failed(told);
        }
        return end(lost, why, nowMs);
    }

    private List<Effect> givenUp(PendingCheckpoint lost, FailureReport why, long nowMs) {
        if (!lost.isSavepoint()) {
            history.givenUp(FailureReports.ofCheckpoint(lost.id(), why));
        }
        return end(lost, why, nowMs);
    }

    private List<Effect> end(PendingCheckpoint lost, FailureReport why, long nowMs) {
        List<Effect> effects = new ArrayList<>();
        pending.remove(lost.id());
        pace.ended(nowMs);
        // One that was overtaken has not failed anybody: the one that came first is awaited, too.
        if (!lost.isSavepoint() && lost.id() > awaitedAfter && pending.isEmpty()) {
            awaited = new Awaited(lost.id(), why);
        }
        effects.add(new Effect.CancelTimer(timer(Purpose.CHECKPOINT_TIMEOUT, (int) lost.id())));
        if (lost.phase() == Phase.ENUMERATORS) {
            effects.addAll(assignments.letGo());
        }
        tellEnded(lost, false, effects);
        if (lost.isSavepoint()) {
            effects.addAll(savepoints.failed(lost, why));
        } else if (lost.phase() != Phase.ENUMERATORS) {
            effects.add(new Effect.DeleteCheckpointFiles(graph, Garbage.NONE, List.of(lost.id())));
        }
        effects.addAll(deletions());
        effects.addAll(proceed(nowMs));
        return effects;
    }

    private void tellEnded(PendingCheckpoint ended, boolean complete, List<Effect> effects) {
        for (String worker : ended.workers()) {
            effects.add(
                    new Effect.Send(
                            worker,
                            new ToWorker.CheckpointEnded(
                                    epoch, graph.jobId(), ended.id(), complete)));
        }
        if (!ended.enumerators().isEmpty()) {
            effects.add(new Effect.TellEnumerators(graph.jobId(), ended.id(), complete));
        }
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

    private List<Effect> storeSavepoint(PendingCheckpoint ready, long nowMs) {
        Optional<Manifest> manifest = storing.ofSavepoint(ready);
        if (manifest.isEmpty()) {
            return failed(ready, FailureReports.unknownFile(ready.id(), "of others"), nowMs);
        }
        ready.become(Phase.STORING);
        return savepoints.store(manifest.get());
    }

    public List<Effect> onSavepointStored(Event.SavepointStored stored, long nowMs) {
        PendingCheckpoint done = pending.get(stored.checkpointId());
        if (done == null || !done.isSavepoint() || done.phase() != Phase.STORING) {
            return List.of(); // it was given up, and is being removed
        }
        if (stored.failure() != null) {
            return failed(done, stored.failure(), nowMs);
        }
        if (done.target().purpose().stops()) {
            done.become(Phase.DURABLE);
            return List.of();
        }
        pending.remove(done.id());
        pace.ended(nowMs);
        List<Effect> effects = new ArrayList<>(savepoints.completed());
        effects.add(new Effect.CancelTimer(timer(Purpose.CHECKPOINT_TIMEOUT, (int) done.id())));
        effects.addAll(deletions());
        effects.addAll(proceed(nowMs));
        return effects;
    }

    /**
     * The savepoint that the job ends with from here on, when nothing is being committed; null if
     * there is none. Told once.
     */
    public Savepoints.Stop takeStop() {
        if (commits.open().isCommitting()
                || pending.isEmpty()
                || pending.firstEntry().getValue().phase() != Phase.DURABLE) {
            return null;
        }
        return savepoints.stop(pending.pollFirstEntry().getKey());
    }

    // ---- storing

    /** Stores the oldest one that has all its parts, unless one is being stored. */
    private List<Effect> storeNext(long nowMs) {
        if (storing.isUnderWay()) {
            return List.of();
        }
        for (PendingCheckpoint ready : List.copyOf(pending.values())) {
            if (ready.phase() == Phase.ACKNOWLEDGED) {
                String unknown = storing.prepare(ready);
                return unknown == null
                        ? storing.begin()
                        : failed(ready, FailureReports.unknownFile(ready.id(), unknown), nowMs);
            }
        }
        return List.of();
    }

    public List<Effect> onStored(Event.CheckpointStored stored, long nowMs) {
        if (!storing.isOf(stored.checkpointId())) {
            return List.of();
        }
        CheckpointStoring.Prepared done = storing.end(stored.record());
        List<Effect> effects = new ArrayList<>();
        if (stored.failure() != null) {
            effects.addAll(notStored(done.pending(), stored.failure(), nowMs));
        } else {
            pending.remove(stored.checkpointId());
            pace.ended(nowMs);
            history.completed(done.pending(), done.manifest(), nowMs);
            if (stored.checkpointId() > awaitedAfter) {
                awaited = new Awaited(stored.checkpointId(), null);
            }
            effects.addAll(commits.start());
            tellEnded(done.pending(), true, effects);
            effects.addAll(deletions());
            effects.addAll(points.releaseIfReplaced());
        }
        effects.addAll(storeNext(nowMs));
        effects.addAll(proceed(nowMs));
        return effects;
    }

    /**
     * Where files of earlier ones are gone, nothing is built on them any more: not what is under
     * way, and the next one is written whole. That the job bears; its tasks have what was lost.
     */
    private List<Effect> notStored(PendingCheckpoint lost, FailureReport why, long nowMs) {
        if (why.code() != ErrorCode.CHECKPOINT_FILE_CORRUPT) {
            return failed(lost, why, nowMs);
        }
        points.retained().suspectAll();
        List<Effect> effects = new ArrayList<>(onTasksBroken(why, nowMs));
        effects.addAll(givenUp(lost, why, nowMs));
        return effects;
    }

    /** While one is under way, it may refer to files of those that have been dropped. */
    private List<Effect> deletions() {
        return points.deletions(pending.isEmpty() ? ids.highest() + 1 : pending.firstKey());
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
        effects.add(new Effect.CancelTimer(timer(Purpose.CHECKPOINT_DUE, 0)));
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
            return List.of();
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

    private TimerId timer(Purpose purpose, int generation) {
        return new TimerId(purpose, graph.jobId().hex(), generation);
    }
}
