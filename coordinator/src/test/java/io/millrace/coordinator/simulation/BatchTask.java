package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.plan.StoredReads;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * An attempt of a job without checkpoints: reads splits or the whole output of those before it,
 * which lies in their workers' memory or, between stages, on their disks, and gives its records on.
 */
final class BatchTask extends SimulatedTask {
    private final List<Integer> records = new ArrayList<>();
    private final TreeSet<String> fetched = new TreeSet<>();
    private boolean complete;
    // That came before the task ran.
    private final List<ToWorker.AssignSplits> early = new ArrayList<>();

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
                        if (!early.isEmpty()) {
                            world.saw(Sighting.SPLITS_WERE_GIVEN_AGAIN);
                        }
                        requestSplit();
                        early.forEach(this::onSplits);
                    } else {
                        poll();
                    }
                });
    }

    @Override
    void onSplits(ToWorker.AssignSplits splits) {
        if (state() == TaskState.DEPLOYING) {
            early.add(splits);
            return;
        }
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
            if (edge.stored()) {
                complete &= fetchAll(edge);
                if (!isLive()) {
                    return;
                }
                continue;
            }
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
        this.complete = complete;
        if (complete) {
            later(pace(world.dice().between(1, 500)), this::finish);
        } else {
            later(world.dice().between(50, 1_500), this::poll);
        }
    }

    /** Reads what an earlier stage wrote, as far as the network lets it. */
    private boolean fetchAll(JobEdge edge) {
        boolean complete = true;
        for (StoredReads.Read read : StoredReads.of(deployment.graph(), edge, id().subtask())) {
            complete &= fetchStored(edge, read, resultOf(edge, read));
            if (!isLive()) {
                return false;
            }
        }
        return complete;
    }

    private ResultInput resultOf(JobEdge edge, StoredReads.Read read) {
        return deployment.inputs().stream()
                .filter(input -> input.id().edgeId() == edge.id())
                .filter(input -> input.id().producerSubtask() == read.producer())
                .filter(
                        input ->
                                input.slices().stream()
                                        .anyMatch(
                                                slice ->
                                                        slice.from() == read.from()
                                                                && slice.to() == read.to()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvariantBroken(
                                        "a stage starts when all that it reads is there",
                                        id() + " is not told of edge " + edge.id() + ", " + read));
    }

    private boolean fetchStored(JobEdge edge, StoredReads.Read read, ResultInput result) {
        String key = edge.id() + ":" + read.producer();
        if (fetched.contains(key)) {
            return true;
        }
        SimulatedWorker holder = world.worker(result.worker().workerId());
        if (holder.isAlive() && (holder.isPaused() || world.dice().percent(40))) {
            return false;
        }
        List<List<Integer>> kept = holder.isAlive() ? holder.kept(result.id()) : null;
        if (kept == null) {
            world.saw(Sighting.STORED_RESULT_WAS_LOST);
            lose(result.id());
            return false;
        }
        world.invariants().checkRead(deployment, edge, read, id());
        if (read.to() > read.from() + 1) {
            world.saw(Sighting.STAGE_WAS_NARROWED);
        }
        kept.subList(read.from(), read.to()).forEach(records::addAll);
        if (holder != worker && holder.address().host().equals(worker.address().host())) {
            world.saw(Sighting.RESULT_WAS_READ_ON_ITS_HOST_BY_ANOTHER_WORKER);
        }
        if (result.id().attempt() / 100 < id().attempt() / 100) { // reserved by another leader
            world.saw(Sighting.RESULTS_WERE_READ_UNDER_THE_NEXT_LEADER);
        }
        fetched.add(key);
        return true;
    }

    private void lose(ResultId lost) {
        become(
                TaskState.FAILED,
                new FailureReport(ErrorCode.RESULT_LOST, lost + " is gone", "", vertex.name()),
                List.of(),
                List.of(),
                lost);
    }

    /** What it writes to each range of an edge. */
    private List<List<Integer>> dealt(JobEdge edge) {
        List<List<Integer>> ranges = new ArrayList<>();
        int count = StoredReads.ranges(deployment.graph(), edge, id().subtask());
        for (int i = 0; i < count; i++) {
            ranges.add(new ArrayList<>());
        }
        for (int record : records) {
            boolean byKey = edge.kind() == Partitioning.Kind.KEY_GROUP;
            ranges.get(
                            edge.kind() == Partitioning.Kind.FORWARD
                                    ? 0
                                    : byKey ? record % count : world.dice().between(0, count - 1))
                    .add(record);
        }
        return ranges;
    }

    private List<StoredResult> write() {
        List<StoredResult> written = new ArrayList<>();
        for (JobEdge edge : deployment.graph().edges()) {
            if (edge.stored() && edge.sourceVertex() == vertex.id()) {
                if (id().attempt() > 0
                        && deployment.graph().vertex(edge.targetVertex()).shares() != null
                        && !deployment.graph().vertex(edge.targetVertex()).isUndecided()) {
                    world.saw(Sighting.WRITER_RAN_AGAIN_FOR_A_DECIDED_STAGE);
                }
                ResultId result =
                        new ResultId(id().jobId(), edge.id(), id().subtask(), id().attempt());
                written.add(worker.keep(result, dealt(edge)));
            }
        }
        return written;
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

    /** One that has all that it reads, and was overtaken by another attempt. */
    @Override
    boolean goesOnWhenCancelled() {
        if (!complete || !world.isOvertaken(id()) || !world.dice().percent(60)) {
            return false;
        }
        world.saw(Sighting.LOSER_FINISHED_LATE);
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
        become(TaskState.FINISHED, null, prepared, write(), null);
    }

    @Override
    long records() {
        return records.size();
    }
}
