package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobVertex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One attempt as a worker runs it: reads splits or the output of those before it, which lies in
 * their workers' memory, and gives its records on.
 */
final class SimulatedTask {
    private final Simulation world;
    private final SimulatedWorker worker;
    private final ToWorker.DeployTasks deployment;
    private final AttemptId id;
    private final JobVertex vertex;
    private final List<Integer> records = new ArrayList<>();
    private final TreeSet<String> fetched = new TreeSet<>();
    private TaskState state = TaskState.DEPLOYING;
    private boolean stuck;

    SimulatedTask(
            Simulation world,
            SimulatedWorker worker,
            ToWorker.DeployTasks deployment,
            AttemptId id) {
        this.world = world;
        this.worker = worker;
        this.deployment = deployment;
        this.id = id;
        this.vertex = deployment.graph().vertex(id.vertexId());
    }

    AttemptId id() {
        return id;
    }

    TaskState state() {
        return state;
    }

    String slotSharingGroup() {
        return vertex.slotSharingGroup();
    }

    boolean isLive() {
        return !state.isTerminal();
    }

    /** Whether it runs, or is about to, and nobody has asked it to end. */
    boolean isWorking() {
        return state == TaskState.DEPLOYING || state == TaskState.RUNNING;
    }

    void start() {
        later(
                world.dice().between(1, 300),
                () -> {
                    become(TaskState.RUNNING, null, List.of());
                    if (operatorOf(OperatorSpec.Kind.SOURCE) >= 0) {
                        requestSplit();
                    } else {
                        poll();
                    }
                });
    }

    /** Does it if this attempt still lives by then. */
    private void later(int delayMs, Runnable action) {
        world.agenda()
                .after(
                        delayMs,
                        () ->
                                worker.act(
                                        () -> {
                                            if (isWorking()) {
                                                action.run();
                                            }
                                        }));
    }

    private int operatorOf(OperatorSpec.Kind kind) {
        for (int i = 0; i < vertex.operators().size(); i++) {
            if (vertex.operators().get(i).kind() == kind) {
                return i;
            }
        }
        return -1;
    }

    private void requestSplit() {
        worker.tell(
                new ToCoordinator.SplitRequested(
                        id, operatorOf(OperatorSpec.Kind.SOURCE), worker.id()));
    }

    void onSplits(ToWorker.AssignSplits splits) {
        if (state != TaskState.RUNNING) {
            return;
        }
        splits.splits().forEach(split -> records.add(ByteBuffer.wrap(split).getInt()));
        later(
                world.dice().between(1, 2_000),
                () -> {
                    if (splits.noMoreSplits()) {
                        finish();
                    } else {
                        requestSplit();
                    }
                });
    }

    /** Takes what has become ready upstream; comes again until all of it is here. */
    private void poll() {
        boolean complete = true;
        for (JobEdge edge : deployment.graph().inputsOf(vertex.id())) {
            Placement placement = placementOf(edge.sourceVertex());
            for (int subtask = 0; subtask < placement.workers().length; subtask++) {
                if (edge.kind() == Partitioning.Kind.FORWARD && subtask != id.subtask()) {
                    continue;
                }
                String host = deployment.workers().get(placement.workers()[subtask]).workerId();
                complete &=
                        fetch(
                                edge,
                                new AttemptId(
                                        id.jobId(),
                                        edge.sourceVertex(),
                                        subtask,
                                        placement.attempt()),
                                host);
                if (!isLive()) {
                    return;
                }
            }
        }
        if (complete) {
            later(world.dice().between(1, 500), this::finish);
        } else {
            later(world.dice().between(50, 1_500), this::poll);
        }
    }

    private Placement placementOf(int vertexId) {
        return deployment.placements().stream()
                .filter(placement -> placement.vertexId() == vertexId)
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvariantBroken(
                                        "deployment is complete",
                                        id + " does not know where vertex " + vertexId + " runs"));
    }

    private boolean fetch(JobEdge edge, AttemptId upstream, String producerId) {
        if (fetched.contains(upstream.toString())) {
            return true;
        }
        SimulatedWorker producer = world.worker(producerId);
        SimulatedTask task = producer.task(upstream);
        if (!producer.isAlive()) {
            if (task != null && task.state == TaskState.FINISHED) {
                // Nobody tells this reader: the worst case, in which only the coordinator can know.
                world.saw(Sighting.FINISHED_PRODUCER_WAS_LOST);
            } else {
                fail(ErrorCode.EXCHANGE_FAILED, "lost the connection to " + producerId);
            }
            return false;
        }
        boolean slow = world.dice().percent(40);
        if (slow || producer.isPaused() || task == null || task.state != TaskState.FINISHED) {
            return false;
        }
        int width = vertex.parallelism();
        task.records.stream()
                .filter(
                        record ->
                                edge.kind() == Partitioning.Kind.FORWARD
                                        || record % width == id.subtask())
                .forEach(records::add);
        fetched.add(upstream.toString());
        return true;
    }

    private void finish() {
        int sink = operatorOf(OperatorSpec.Kind.SINK);
        List<OperatorCommittables> prepared =
                sink < 0
                        ? List.of()
                        : List.of(
                                new OperatorCommittables(
                                        vertex.id(),
                                        sink,
                                        id.subtask(),
                                        1,
                                        List.of(Outside.prepare(id.attempt(), records))));
        become(TaskState.FINISHED, null, prepared);
    }

    void fail(ErrorCode code, String summary) {
        become(
                TaskState.FAILED,
                new FailureReport(code, summary, "at user.Code", vertex.name()),
                List.of());
    }

    void stick() {
        stuck = true;
    }

    void cancel() {
        if (isWorking()) {
            state = TaskState.CANCELING;
            if (!stuck) {
                world.agenda()
                        .after(
                                world.dice().between(1, 400),
                                () ->
                                        worker.act(
                                                () -> become(TaskState.CANCELED, null, List.of())));
            }
        } else if (state.isTerminal()) {
            worker.tell(
                    new ToCoordinator.TaskChanged(
                            id, TaskState.CANCELED, null, List.of(), progress()));
        }
    }

    private void become(
            TaskState next, FailureReport failure, List<OperatorCommittables> prepared) {
        state = next;
        ToCoordinator.TaskChanged change =
                new ToCoordinator.TaskChanged(id, next, failure, prepared, progress());
        worker.tell(change);
        if (next.isTerminal() && world.dice().percent(10)) {
            int echoMs = world.dice().between(1, 3_000);
            world.agenda().after(echoMs, () -> worker.act(() -> worker.tell(change)));
        }
    }

    TaskProgress progress() {
        return new TaskProgress(id, state, records.size(), records.size(), 0, 0, 0, 0);
    }
}
