package io.millrace.coordinator.simulation;

import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A worker process that does what it is told, unless it is dead, asleep or cut off. */
final class SimulatedWorker {
    private static final long BYTES = 4; // of a record

    private static final int RECONNECT_MS = 500;

    /** How long results are kept for the next leader. */
    private static final int ORPHANED_MS = 40_000;

    /** User code that has not ended by then ends the process. */
    private static final int STUCK_MS = 8_000;

    private final Simulation world;
    private final String id;
    private final String node;
    private final int slots;
    private final Map<AttemptId, SimulatedTask> tasks = new LinkedHashMap<>();
    private final Map<ResultId, List<List<Integer>>> results = new LinkedHashMap<>();
    private final Deque<Runnable> asleep = new ArrayDeque<>();
    private final WorkerSnapshots checkpoints;
    private boolean alive = true;
    private boolean paused;
    private boolean orphaned;
    private Link link;
    private long obeyedEpoch;
    private long heartbeats;
    private long heardMs;
    private long intervalMs;
    private long timeoutMs;

    SimulatedWorker(Simulation world, String id, String node, int slots) {
        this.node = node;
        this.world = world;
        this.id = id;
        this.slots = slots;
        this.checkpoints = new WorkerSnapshots(world, this);
    }

    /**
     * Keeps what a task has written for a stored edge.
     *
     * @param records for each reader
     */
    StoredResult keep(ResultId result, List<List<Integer>> records) {
        results.put(result, records);
        // Of half of the jobs even a small edge is too large to be kept longer than it must be.
        long bytes = result.jobId().hashCode() % 2 == 0 ? BYTES : BYTES << 22;
        return new StoredResult(
                result,
                address(),
                records.stream()
                        .map(each -> new StoredResult.Range(each.size(), bytes * each.size()))
                        .toList());
    }

    /** On a node that may have others, too. */
    WorkerAddress address() {
        return new WorkerAddress(id, node, 1);
    }

    /** What is kept for each reader; null if there is none. */
    List<List<Integer>> kept(ResultId result) {
        return results.get(result);
    }

    boolean hasResults() {
        return !results.isEmpty();
    }

    /** One of them, counted round, cannot be read any more. */
    void damageResult(int number) {
        results.remove(List.copyOf(results.keySet()).get(number % results.size()));
    }

    void onTaskFinished(StreamTask task) {
        checkpoints.onFinished(task);
    }

    void onSnapshot(
            StreamTask task,
            long checkpointId,
            Map<String, byte[]> state,
            List<OperatorCommittables> prepared) {
        checkpoints.onSnapshot(task, checkpointId, state, prepared);
    }

    /** The streaming tasks of a job. */
    List<StreamTask> streamTasks(JobId job) {
        return tasks.values().stream()
                .filter(task -> task.id().jobId().equals(job))
                .map(StreamTask.class::cast)
                .toList();
    }

    /** A worker cannot take a checkpoint, as one whose disk is full. */
    void declineNext() {
        checkpoints.declineNext();
    }

    String id() {
        return id;
    }

    String node() {
        return node;
    }

    boolean isAlive() {
        return alive;
    }

    boolean isPaused() {
        return paused;
    }

    long obeyedEpoch() {
        return obeyedEpoch;
    }

    Link link() {
        return link;
    }

    SimulatedTask task(AttemptId attempt) {
        return tasks.get(attempt);
    }

    List<SimulatedTask> tasks() {
        return List.copyOf(tasks.values());
    }

    List<SimulatedTask> liveTasks() {
        return tasks.values().stream().filter(SimulatedTask::isLive).toList();
    }

    /**
     * Everything that this process does, does it here: not while it sleeps, never when it is dead.
     */
    void act(Runnable action) {
        if (paused) {
            asleep.add(action);
        } else if (alive) {
            action.run();
        }
    }

    void pause(long durationMs) {
        paused = true;
        world.agenda().after(durationMs, this::resume);
    }

    void resume() {
        if (paused) {
            paused = false;
            while (!asleep.isEmpty() && !paused) {
                act(asleep.poll());
            }
        }
    }

    void connect() {
        CoordinatorProcess leader = world.leader();
        long silentMs = world.agenda().nowMs() - heardMs;
        if (obeyedEpoch > 0 && leader == null && silentMs > patienceMs()) {
            world.saw(Sighting.WORKER_ENDED_ITSELF);
            end("no coordinator");
        } else if (leader == null || orphaned && !liveTasks().isEmpty()) {
            world.agenda().after(RECONNECT_MS, () -> act(this::connect));
        } else {
            orphaned = false;
            link = leader.accept(this);
            tell(
                    new ToCoordinator.RegisterWorker(
                            address(), slots, 1, 1, obeyedEpoch, List.copyOf(results.keySet())));
        }
    }

    private long patienceMs() {
        return orphaned ? ORPHANED_MS : timeoutMs;
    }

    void onDisconnected() {
        link = null;
        if (hasResults()) {
            orphan();
        }
        connect();
    }

    /** It has results that the next leader may want: its tasks end, and it goes to look for one. */
    private void orphan() {
        orphaned = true;
        liveTasks().forEach(SimulatedTask::cancel);
        world.agenda()
                .after(
                        STUCK_MS,
                        () ->
                                act(
                                        () -> {
                                            if (orphaned && !liveTasks().isEmpty()) {
                                                end("its tasks are stuck");
                                            }
                                        }));
    }

    void tell(ToCoordinator message) {
        if (link != null && link.isOpen()) {
            link.toCoordinator(message);
        }
    }

    /** Says it again to whom it was said: what was for an earlier leader is not for the next. */
    void repeat(ToCoordinator message, Link over) {
        if (over == link) {
            tell(message);
        }
    }

    void onMessage(Link from, ToWorker message) {
        if (message.epoch() < obeyedEpoch) {
            return;
        }
        heardMs = world.agenda().nowMs();
        if (message.kind() != ToWorker.Kind.REJECTED) {
            obeyedEpoch = message.epoch();
        }
        switch (message.kind()) {
            case WELCOME -> {
                if (hasResults()) {
                    world.saw(Sighting.WORKER_CAME_BACK_WITH_RESULTS);
                }
                ToWorker.Welcome welcome = (ToWorker.Welcome) message;
                intervalMs = welcome.heartbeatIntervalMs();
                timeoutMs = welcome.heartbeatTimeoutMs();
                world.agenda().after(intervalMs, () -> act(() -> beat(from)));
            }
            case REJECTED -> {
                world.saw(
                        message.epoch() > obeyedEpoch && obeyedEpoch > 0
                                ? Sighting.WORKER_OF_OLD_LEADER_REJECTED
                                : Sighting.LOST_WORKER_CAME_BACK);
                end("rejected");
            }
            case SHUTDOWN -> {
                world.saw(Sighting.IDLE_WORKER_RELEASED);
                end("shut down");
            }
            case DEPLOY -> deploy((ToWorker.DeployTasks) message, from.process());
            case CANCEL_TASKS -> ((ToWorker.CancelTasks) message).tasks().forEach(this::cancel);
            case DROP_RESULTS ->
                    ((ToWorker.DropResults) message).results().forEach(results::remove);
            case ASSIGN_SPLITS -> {
                ToWorker.AssignSplits splits = (ToWorker.AssignSplits) message;
                SimulatedTask task = task(splits.attempt());
                if (task != null) {
                    task.onSplits(splits);
                }
            }
            case TRIGGER_CHECKPOINT -> checkpoints.onTrigger((ToWorker.TriggerCheckpoint) message);
            case CHECKPOINT_ENDED -> checkpoints.onEnded((ToWorker.CheckpointEnded) message);
            case STOP_TASKS -> stop((ToWorker.StopTasks) message);
            case RELEASE_JOB -> {
                String prefix = ((ToWorker.ReleaseJob) message).jobId().hex();
                tasks.values().removeIf(task -> task.id().jobId().hex().equals(prefix));
                results.keySet().removeIf(result -> result.jobId().hex().equals(prefix));
            }
            case SOURCE_LIMIT -> {
                ToWorker.SourceLimit limit = (ToWorker.SourceLimit) message;
                if (task(limit.attempt()) instanceof StreamTask task) {
                    task.onLimit(limit.limitMs());
                }
            }
            case HEARTBEAT_ACK, SOURCE_EVENT, NEW_TOKENS -> {}
        }
    }

    private void beat(Link over) {
        if (over != link) {
            return;
        }
        if (world.agenda().nowMs() - heardMs > timeoutMs) {
            if (hasResults()) {
                link.breakOff("nothing heard of the coordinator");
            } else {
                world.saw(Sighting.WORKER_ENDED_ITSELF);
                end("nothing heard of the coordinator");
            }
            return;
        }
        List<TaskProgress> progress = liveTasks().stream().map(SimulatedTask::progress).toList();
        tell(new ToCoordinator.Heartbeat(id, ++heartbeats, progress));
        world.agenda().after(intervalMs, () -> act(() -> beat(over)));
    }

    private void deploy(ToWorker.DeployTasks deployment, CoordinatorProcess from) {
        for (AttemptId attempt : deployment.tasks()) {
            SimulatedTask task =
                    world.job(attempt.jobId()).takesCheckpoints()
                            ? new StreamTask(world, this, deployment, attempt)
                            : new BatchTask(world, this, deployment, attempt);
            world.invariants().checkStart(this, attempt, from);
            tasks.put(attempt, task);
            task.start();
        }
        checkSlots();
    }

    /** A slot holds one subtask of each vertex of a slot sharing group of one job. */
    private void checkSlots() {
        TreeMap<String, TreeMap<Integer, Integer>> groups = new TreeMap<>();
        for (SimulatedTask task : liveTasks()) {
            groups.computeIfAbsent(
                            task.id().jobId() + task.slotSharingGroup(), key -> new TreeMap<>())
                    .merge(task.id().vertexId(), 1, Integer::sum);
        }
        int used =
                groups.values().stream()
                        .mapToInt(
                                byVertex -> byVertex.values().stream().max(Integer::compare).get())
                        .sum();
        if (used > slots) {
            throw new InvariantBroken(
                    "no slot is over-committed",
                    id + " has " + slots + " slots and runs " + groups);
        }
        if (groups.keySet().stream().map(key -> key.substring(0, 32)).distinct().count() > 1) {
            world.saw(Sighting.JOB_USED_WORKERS_OF_ANOTHER);
        }
    }

    private void stop(ToWorker.StopTasks message) {
        for (AttemptId attempt : message.tasks()) {
            if (task(attempt) instanceof StreamTask task && task.isWorking()) {
                task.onStop(message.checkpointId());
            } else {
                cancel(attempt);
            }
        }
    }

    private void cancel(AttemptId attempt) {
        SimulatedTask task = task(attempt);
        if (task != null) {
            task.cancel();
        } else {
            TaskProgress none = new TaskProgress(attempt, TaskState.CANCELED, 0, 0, 0, 0, 0, 0);
            tell(new ToCoordinator.TaskChanged(attempt, TaskState.CANCELED, null, List.of(), none));
        }
    }

    /** The process is gone, at once. */
    void end(String reason) {
        if (alive) {
            alive = false;
            asleep.clear();
            if (link != null) {
                link.breakOff(reason);
            }
            world.onWorkerEnded(id, reason);
        }
    }
}
