package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.ResultId;
import java.util.List;

/** One attempt as a worker runs it: what it says and how it ends. */
abstract class SimulatedTask {
    final Simulation world;
    final SimulatedWorker worker;
    final ToWorker.DeployTasks deployment;
    final JobVertex vertex;
    private final AttemptId id;
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

    abstract void start();

    abstract void onSplits(ToWorker.AssignSplits splits);

    abstract long records();

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

    /** Does it if this attempt still lives by then. */
    void later(int delayMs, Runnable action) {
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

    /** −1 if the chain has none. */
    int operatorOf(OperatorSpec.Kind kind) {
        for (int i = 0; i < vertex.operators().size(); i++) {
            if (vertex.operators().get(i).kind() == kind) {
                return i;
            }
        }
        return -1;
    }

    void requestSplit() {
        worker.tell(
                new ToCoordinator.SplitRequested(
                        id, operatorOf(OperatorSpec.Kind.SOURCE), worker.id()));
    }

    Placement placementOf(int vertexId) {
        return deployment.placements().stream()
                .filter(placement -> placement.vertexId() == vertexId)
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvariantBroken(
                                        "deployment is complete",
                                        id + " does not know where vertex " + vertexId + " runs"));
    }

    void fail(ErrorCode code, String summary) {
        become(
                TaskState.FAILED,
                new FailureReport(code, summary, "at user.Code", vertex.name()),
                List.of());
    }

    /** How long something takes here. */
    int pace(int usualMs) {
        return world.isSlow(worker.node()) || world.isSlow(id) ? 30 * usualMs : usualMs;
    }

    /** Whether it hears that it is to end, and yet goes on until it has finished. */
    boolean goesOnWhenCancelled() {
        return false;
    }

    void stick() {
        stuck = true;
    }

    boolean isStuck() {
        return stuck;
    }

    void cancel() {
        if (isWorking() && goesOnWhenCancelled()) {
            return;
        }
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

    void become(TaskState next, FailureReport failure, List<OperatorCommittables> prepared) {
        become(next, failure, prepared, List.of(), null);
    }

    /**
     * @param results for later stages
     * @param lost what it could not read
     */
    void become(
            TaskState next,
            FailureReport failure,
            List<OperatorCommittables> prepared,
            List<StoredResult> results,
            ResultId lost) {
        state = next;
        ToCoordinator.TaskChanged change =
                new ToCoordinator.TaskChanged(
                        id, next, failure, prepared, progress(), results, lost);
        worker.tell(change);
        if (next.isTerminal() && world.dice().percent(10)) {
            int echoMs = world.dice().between(1, 3_000);
            Link link = worker.link();
            world.agenda().after(echoMs, () -> worker.act(() -> worker.repeat(change, link)));
        }
    }

    TaskProgress progress() {
        return new TaskProgress(id, state, records(), records(), 0, 0, 0, 0);
    }
}
