package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.ClusterView.SubtaskView;
import io.millrace.coordinator.ClusterView.VertexView;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.StoredReads;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must hold in every run, judged from outside of the coordinator wherever that is possible.
 */
final class Invariants {
    private final Simulation world;
    private final TreeSet<String> announced = new TreeSet<>();
    private final TreeMap<String, Integer> readers = new TreeMap<>();
    private final TreeSet<String> cancelled = new TreeSet<>();

    Invariants(Simulation world) {
        this.world = world;
    }

    /**
     * No two attempts of a subtask run on workers that the leader counts on, unless the job tries
     * slow ones again: then so many, each on another worker. (One that the leader has given up may
     * still run: it can do no harm.)
     */
    void checkStart(SimulatedWorker worker, AttemptId attempt, CoordinatorProcess from) {
        if (from != world.leader()) {
            return;
        }
        TreeSet<String> members = new TreeSet<>();
        from.view().workers().forEach(member -> members.add(member.id()));
        if (!members.contains(worker.id())) {
            return;
        }
        int beside = 0;
        for (SimulatedWorker other : world.liveWorkers()) {
            for (SimulatedTask task : other.liveTasks()) {
                AttemptId running = task.id();
                boolean same =
                        running.jobId().equals(attempt.jobId())
                                && running.vertexId() == attempt.vertexId()
                                && running.subtask() == attempt.subtask();
                if (!same) {
                    continue;
                }
                boolean counted =
                        members.contains(other.id()) && other.obeyedEpoch() == from.epoch();
                beside += counted ? 1 : 0;
                if (counted
                        && beside < world.job(attempt.jobId()).maxAttempts()
                        && other != worker) {
                    world.saw(Sighting.SECOND_ATTEMPT_BEGAN);
                    continue;
                }
                if (counted) {
                    throw new InvariantBroken(
                            "one attempt of a subtask",
                            attempt
                                    + " starts on "
                                    + worker.id()
                                    + " while "
                                    + running
                                    + " runs on "
                                    + other.id());
                }
                world.saw(Sighting.ZOMBIE_ATTEMPT_BESIDE_NEW_ONE);
            }
        }
    }

    /** An attempt is told to end once, by each leader. */
    void checkCancel(CoordinatorProcess from, ToWorker.CancelTasks cancel) {
        for (AttemptId attempt : cancel.tasks()) {
            if (!cancelled.add(from.epoch() + "/" + attempt)) {
                throw new InvariantBroken("an attempt is told to end once", attempt.toString());
            }
        }
    }

    /** What a stage is told to read, the attempts have written that count. */
    void checkInputs(CoordinatorProcess from, ToWorker.DeployTasks deployment) {
        for (ResultInput input : deployment.inputs()) {
            int writer = deployment.graph().edge(input.id().edgeId()).sourceVertex();
            boolean counts =
                    from.view()
                            .job(input.id().jobId())
                            .flatMap(job -> job.vertex(writer))
                            .map(vertex -> vertex.subtasks().get(input.id().producerSubtask()))
                            .filter(subtask -> subtask.attempt() == input.id().attempt())
                            .filter(subtask -> subtask.state() == TaskState.FINISHED)
                            .isPresent();
            if (!counts) {
                throw new InvariantBroken("stages read what counts", input.id().toString());
            }
        }
    }

    /**
     * A node that is blocked gets nothing new, if there is another and it runs nothing anyhow, also
     * as far as the coordinator has heard, and nothing that has finished there can still be read.
     */
    void checkNode(CoordinatorProcess from, String workerId, ToWorker.DeployTasks deployment) {
        SimulatedWorker worker = world.worker(workerId);
        TreeSet<String> blocked = new TreeSet<>();
        from.view().blocked().forEach(node -> blocked.add(node.node()));
        boolean others =
                from.view().workers().stream().anyMatch(each -> !blocked.contains(each.host()));
        boolean stillUsed =
                from.view().jobs().stream()
                        .filter(job -> !job.state().isTerminal())
                        .anyMatch(job -> usesWorker(job, workerId, deployment));
        if (blocked.contains(worker.node())
                && others
                && worker.liveTasks().isEmpty()
                && !stillUsed) {
            throw new InvariantBroken(
                    "blocked nodes get nothing new", workerId + " on " + worker.node());
        }
    }

    /**
     * Whether a job has tasks there besides these that are not over, or whose output may be read.
     */
    private static boolean usesWorker(
            JobView job, String workerId, ToWorker.DeployTasks deployment) {
        for (VertexView vertex : job.vertices()) {
            for (SubtaskView subtask : vertex.subtasks()) {
                boolean over =
                        subtask.state() == TaskState.CANCELED
                                || subtask.state() == TaskState.FAILED;
                AttemptId attempt =
                        new AttemptId(job.id(), vertex.id(), subtask.subtask(), subtask.attempt());
                if (workerId.equals(subtask.workerId())
                        && !over
                        && !deployment.tasks().contains(attempt)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Under one leader, a range of an edge belongs to one reader, whoever wrote it. */
    void checkRead(
            ToWorker.DeployTasks deployment, JobEdge edge, StoredReads.Read read, AttemptId by) {
        for (int range = read.from(); range < read.to(); range++) {
            boolean own = edge.kind() == Partitioning.Kind.FORWARD;
            String name =
                    String.format(
                            "%d/%s/%d:%d",
                            deployment.epoch(),
                            by.jobId().hex(),
                            edge.id(),
                            own ? read.producer() : range);
            Integer before = readers.putIfAbsent(name, by.subtask());
            if (before != null && before != by.subtask()) {
                throw new InvariantBroken(
                        "a range has one reader",
                        by + " reads " + name + " as " + before + " does");
            }
        }
    }

    void checkView(CoordinatorProcess process) {
        for (ClusterView.WorkerView worker : process.view().workers()) {
            if (worker.freeSlots() < 0 || worker.freeSlots() > worker.slots()) {
                throw new InvariantBroken("no slot is over-committed", worker.toString());
            }
        }
    }

    /** A program's own mistake ends the job, unless the program has said that it goes on. */
    void checkUserError(ClusterView before, Event event, ClusterView after) {
        if (!(event instanceof Event.WorkerSpoke spoke)
                || !(spoke.message() instanceof ToCoordinator.TaskChanged change)
                || change.failure() == null
                || change.failure().code() != ErrorCode.USER_CODE_FAILED) {
            return;
        }
        AttemptId attempt = change.attempt();
        before.job(attempt.jobId())
                .flatMap(job -> job.vertex(attempt.vertexId()))
                .flatMap(vertex -> vertex.subtasks().stream().skip(attempt.subtask()).findFirst())
                .filter(subtask -> subtask.attempt() == attempt.attempt())
                .filter(subtask -> subtask.state() == TaskState.RUNNING)
                .filter(subtask -> !anotherGoesOn(attempt, after))
                .flatMap(subtask -> after.job(attempt.jobId()))
                .filter(job -> job.state() != JobState.CANCELLING && !job.state().isTerminal())
                .filter(
                        job ->
                                job.state() != JobState.RESTARTING
                                        || !world.job(attempt.jobId()).outlivesUserCode())
                .ifPresent(
                        job -> {
                            throw new InvariantBroken(
                                    "user errors fail the job", attempt + ": " + job.state());
                        });
    }

    /**
     * Another attempt of the subtask is the current one now, in a job that outlives user errors.
     */
    private boolean anotherGoesOn(AttemptId attempt, ClusterView after) {
        return world.job(attempt.jobId()).outlivesUserCode()
                && after.job(attempt.jobId())
                        .flatMap(job -> job.vertex(attempt.vertexId()))
                        .flatMap(
                                vertex ->
                                        vertex.subtasks().stream()
                                                .skip(attempt.subtask())
                                                .findFirst())
                        .filter(subtask -> subtask.attempt() != attempt.attempt())
                        .isPresent();
    }

    /** I4: the commit follows its durable entry, and commits exactly what that says. */
    void checkCommit(Effect.Commit commit) {
        JobId job = commit.graph().jobId();
        JournalEntry.CommitStarted started = world.journal().started(job);
        if (world.job(job).takesCheckpoints()) {
            world.checkpointOracle().onCommit(commit);
            return;
        }
        if (started == null) {
            throw new InvariantBroken("I4 journal before commit", job + " commits unannounced");
        }
        List<OperatorCommittables> expected = started.committables();
        boolean same = expected.size() == commit.committables().size();
        for (int i = 0; same && i < expected.size(); i++) {
            same = areSame(expected.get(i), commit.committables().get(i));
        }
        if (!same) {
            throw new InvariantBroken("I4 commit what was journalled", job.toString());
        }
    }

    private static boolean areSame(OperatorCommittables a, OperatorCommittables b) {
        return a.vertexId() == b.vertexId()
                && a.subtask() == b.subtask()
                && a.committables().stream()
                        .map(ByteBuffer::wrap)
                        .toList()
                        .equals(b.committables().stream().map(ByteBuffer::wrap).toList());
    }

    /** I8: a result is durable before it is announced, and announced once. */
    void checkEnded(JobResult result) {
        if (!announced.add(result.jobId().hex())) {
            throw new InvariantBroken("I8 terminal once", result.jobId() + " is announced again");
        }
        JournalEntry.JobEnded durable = world.journal().ended(result.jobId());
        if (durable == null || !durable.result().equals(result)) {
            throw new InvariantBroken("I8 journal before announcement", result.toString());
        }
        checkOutput(world.job(result.jobId()), result);
    }

    /**
     * I14, I15, I2: every job has ended, for a reason, and what is visible is what it should be.
     */
    void checkAllEnded(Collection<SimulatedJob> jobs, List<Fault> faults) {
        TreeSet<Fault.Kind> kinds = new TreeSet<>();
        faults.forEach(fault -> kinds.add(fault.kind()));
        for (SimulatedJob job : jobs) {
            JobResult result = world.journal().ended(job.graph().jobId()).result();
            checkOutput(job, result);
            world.checkpointOracle()
                    .checkLeft(
                            job,
                            result,
                            kinds.contains(Fault.Kind.COORDINATOR_CRASH)
                                    || kinds.contains(Fault.Kind.CRASH_BETWEEN_EFFECTS)
                                    || kinds.contains(Fault.Kind.COORDINATOR_PAUSE)
                                    || kinds.contains(Fault.Kind.POINTER_REPLY_LOST));
            boolean cancelled =
                    result.outcome() == JobResult.Outcome.CANCELED
                            && world.operationOracle().mayBeCancelled(job.graph().jobId());
            if (!cancelled && !mayEndSo(job, result, kinds)) {
                throw new InvariantBroken("every failure has its fault", result.toString());
            }
        }
    }

    private static boolean mayEndSo(SimulatedJob job, JobResult result, TreeSet<Fault.Kind> kinds) {
        return switch (result.outcome()) {
            case FINISHED -> result.failure() == null;
            case CANCELED -> kinds.contains(Fault.Kind.CANCEL);
            case FAILED ->
                    switch (result.failure().code()) {
                        case USER_CODE_FAILED -> kinds.contains(Fault.Kind.USER_CODE_THROWS);
                        case COMMIT_FAILED ->
                                kinds.contains(Fault.Kind.COMMIT_FAILS)
                                        || kinds.contains(Fault.Kind.COMMIT_REPLY_LOST);
                        case RESOURCES_NOT_GRANTED ->
                                kinds.contains(Fault.Kind.WORKERS_REFUSED)
                                        || kinds.contains(Fault.Kind.WORKERS_SLOW)
                                        || kinds.contains(Fault.Kind.SLOW_NETWORK);
                        case NO_CHECKPOINT_TO_RESTORE ->
                                !job.graph().bounded() && !job.takesCheckpoints();
                        case RESTARTS_EXHAUSTED ->
                                (!kinds.isEmpty() || job.takesCheckpoints())
                                        && job.graph().config().containsKey("restart.strategy");
                        case CHECKPOINT_FILE_CORRUPT -> kinds.contains(Fault.Kind.FILE_DAMAGED);
                        case STORAGE_FAILED -> kinds.contains(Fault.Kind.STORAGE_FAILS);
                        default -> false;
                    };
        };
    }

    /** I2, I3: all of one run's output, or nothing. */
    private void checkOutput(SimulatedJob job, JobResult result) {
        JobId id = result.jobId();
        world.checkpointOracle().checkEnded(result);
        if (job.takesCheckpoints() && result.outcome() != JobResult.Outcome.FINISHED) {
            return; // what is visible is what durable checkpoints hold
        }
        if (result.outcome() != JobResult.Outcome.FINISHED) {
            boolean partial =
                    result.failure().code() == ErrorCode.COMMIT_FAILED
                            && world.journal().started(id) != null;
            if (!partial && !world.outside().isEmpty(id)) {
                throw new InvariantBroken("I2 nothing of a failed job", result.toString());
            }
            return;
        }
        for (JobVertex vertex : job.graph().vertices()) {
            boolean sink =
                    vertex.operators().stream()
                            .anyMatch(operator -> operator.kind() == OperatorSpec.Kind.SINK);
            List<Integer> records = world.outside().records(id, vertex.id());
            if (world.checkpointOracle().fellBack(id)) {
                records = records.stream().distinct().toList(); // some come again, and it was said
            }
            List<Integer> stopped = sink ? world.operationOracle().expectedOf(job, vertex) : null;
            List<Integer> expected = stopped == null ? job.expectedRecords() : stopped;
            // Of a job that fell back before it stopped more may be visible than its last cut has:
            // what it had committed behind the checkpoint that it went back to.
            boolean right =
                    stopped != null && world.checkpointOracle().fellBack(id)
                            ? records.containsAll(expected)
                                    && job.expectedRecords().containsAll(records)
                            : records.equals(expected);
            if (sink && !right) {
                throw new InvariantBroken(
                        "I2 exactly once",
                        "job "
                                + job.graph().name()
                                + " vertex "
                                + vertex.id()
                                + " committed "
                                + records
                                + " of "
                                + job.splits());
            }
            boolean restartsAsAWhole = !job.takesCheckpoints() && !job.graph().isStaged();
            if (restartsAsAWhole && world.outside().attempts(id, vertex.id()).size() > 1) {
                throw new InvariantBroken("I3 no mix of attempts", job.graph().name());
            }
        }
    }
}
