package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobEdge;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * An attempt of a job without checkpoints: reads splits or the whole output of those before it,
 * which lies in their workers' memory, and gives its records on.
 */
final class BatchTask extends SimulatedTask {
    private final List<Integer> records = new ArrayList<>();
    private final TreeSet<String> fetched = new TreeSet<>();

    BatchTask(
            Simulation world,
            SimulatedWorker worker,
            ToWorker.DeployTasks deployment,
            AttemptId id) {
        super(world, worker, deployment, id);
    }

    @Override
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

    @Override
    void onSplits(ToWorker.AssignSplits splits) {
        if (state() != TaskState.RUNNING) {
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
                if (edge.kind() == Partitioning.Kind.FORWARD && subtask != id().subtask()) {
                    continue;
                }
                String host = deployment.workers().get(placement.workers()[subtask]).workerId();
                complete &=
                        fetch(
                                edge,
                                new AttemptId(
                                        id().jobId(),
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

    private boolean fetch(JobEdge edge, AttemptId upstream, String producerId) {
        if (fetched.contains(upstream.toString())) {
            return true;
        }
        SimulatedWorker producer = world.worker(producerId);
        BatchTask task = (BatchTask) producer.task(upstream);
        if (!producer.isAlive()) {
            if (task != null && task.state() == TaskState.FINISHED) {
                // Nobody tells this reader: the worst case, in which only the coordinator can know.
                world.saw(Sighting.FINISHED_PRODUCER_WAS_LOST);
            } else {
                fail(ErrorCode.EXCHANGE_FAILED, "lost the connection to " + producerId);
            }
            return false;
        }
        boolean slow = world.dice().percent(40);
        if (slow || producer.isPaused() || task == null || task.state() != TaskState.FINISHED) {
            return false;
        }
        int width = vertex.parallelism();
        task.records.stream()
                .filter(
                        record ->
                                edge.kind() == Partitioning.Kind.FORWARD
                                        || record % width == id().subtask())
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
                                        id().subtask(),
                                        1,
                                        List.of(
                                                Outside.prepare(
                                                        id().attempt(),
                                                        OperatorCommittables.AT_END,
                                                        records))));
        become(TaskState.FINISHED, null, prepared);
    }

    @Override
    long records() {
        return records.size();
    }
}
