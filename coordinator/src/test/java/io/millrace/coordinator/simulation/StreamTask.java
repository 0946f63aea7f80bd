package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.checkpoint.OperatorRestore;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SnapshotPurpose;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.KeyGroups;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An attempt of a job with checkpoints: records flow one by one and barriers between them. A source
 * holds splits and how far it has read each; what is behind a keyed exchange counts and sums the
 * records of each key; a sink gathers records from barrier to barrier.
 */
final class StreamTask extends SimulatedTask {
    /** More than one leader makes of a subtask; the next one counts from 0 again. */
    private static final int ATTEMPTS_OF_A_LEADER = 10_000;

    private final int run; // what its output is called by, that of no other task
    static final int MAX_PARALLELISM = 128;
    static final int KEYS = 7;

    // Of watermark groups: a record is a millisecond.
    private static final long DRIFT_MS = 3;
    private static final long REPORT_INTERVAL_MS = 300;

    /** What flows. */
    private sealed interface Element {
        record Item(int number) implements Element {}

        record Barrier(long checkpointId, SnapshotPurpose purpose) implements Element {}

        record End() implements Element {}
    }

    /** One input, read from the memory of the task before. */
    private static final class Channel {
        private final JobEdge edge;
        private final AttemptId upstream;
        private final String workerId;
        private long barrier;
        private SnapshotPurpose purpose;
        private boolean ended;

        Channel(JobEdge edge, AttemptId upstream, String workerId) {
            this.edge = edge;
            this.upstream = upstream;
            this.workerId = workerId;
        }
    }

    private final List<Channel> channels = new ArrayList<>();
    private final Map<String, Deque<Element>> outputs = new TreeMap<>();
    private final TreeMap<Integer, Integer> splits = new TreeMap<>();
    private final TreeMap<Integer, int[]> counts = new TreeMap<>();
    private final List<Integer> gathered = new ArrayList<>();
    private final TreeMap<Long, byte[]> unconfirmed = new TreeMap<>();
    private final TreeSet<Long> over = new TreeSet<>();
    private final TreeMap<String, StatePart> confirmedParts = new TreeMap<>();
    private final TreeMap<Long, Map<String, StatePart>> takenParts = new TreeMap<>();
    private final List<StoredFile> known = new ArrayList<>(); // those in manifests
    private final TaskRestore restore;
    private final boolean source;
    private final boolean keyed;
    private long confirmed;
    private long suspendedBy;
    private long drainedBy;
    private boolean inputOver;
    private boolean asked;
    private boolean noMoreSplits;
    private long seen;
    private long limitMs = Long.MAX_VALUE;
    private long reportedAtMs = -REPORT_INTERVAL_MS;

    StreamTask(
            Simulation world,
            SimulatedWorker worker,
            ToWorker.DeployTasks deployment,
            AttemptId id) {
        super(world, worker, deployment, id);
        this.run = id.attempt() + ATTEMPTS_OF_A_LEADER * (int) worker.obeyedEpoch();
        this.source = operatorOf(OperatorSpec.Kind.SOURCE) >= 0;
        this.known.addAll(deployment.inManifest());
        this.keyed =
                deployment.graph().inputsOf(vertex.id()).stream()
                        .anyMatch(edge -> edge.kind() == Partitioning.Kind.KEY_GROUP);
        this.restore =
                deployment.restores().stream()
                        .filter(r -> r.vertexId() == id.vertexId() && r.subtask() == id.subtask())
                        .findFirst()
                        .orElse(null);
        for (JobEdge edge : deployment.graph().inputsOf(vertex.id())) {
            Placement placement = placementOf(edge.sourceVertex());
            for (int subtask = 0; subtask < placement.workers().length; subtask++) {
                if (edge.kind() != Partitioning.Kind.FORWARD || subtask == id.subtask()) {
                    channels.add(
                            new Channel(
                                    edge,
                                    new AttemptId(
                                            id.jobId(),
                                            edge.sourceVertex(),
                                            subtask,
                                            placement.attempt()),
                                    deployment
                                            .workers()
                                            .get(placement.workers()[subtask])
                                            .workerId()));
                }
            }
        }
    }

    @Override
    long records() {
        return seen;
    }

    // ---- life

    @Override
    void start() {
        later(
                world.dice().between(1, 300),
                () -> {
                    if (!restored()) {
                        return;
                    }
                    become(TaskState.RUNNING, null, List.of());
                    if (restore != null && restore.finished()) {
                        world.saw(Sighting.FINISHED_TASK_WAS_RESTORED);
                        later(world.dice().between(1, 50), () -> end(List.of()));
                    } else {
                        later(1, this::step);
                    }
                });
    }

    private boolean restored() {
        if (restore == null) {
            return true;
        }
        for (OperatorRestore operator : restore.operators()) {
            for (RestoredPart part : operator.parts()) {
                byte[] bytes = world.storage().read(id().jobId(), part.part(), known);
                if (bytes == null) {
                    fail(ErrorCode.CHECKPOINT_FILE_CORRUPT, "segment of " + part.part().name());
                    return false;
                }
                take(part, ByteBuffer.wrap(bytes));
                if (part.subtask() == id().subtask()) {
                    confirmedParts.put(part.part().name(), part.part()); // of the same content
                }
            }
        }
        return true;
    }

    private void take(RestoredPart part, ByteBuffer bytes) {
        if (part.part().kind() == StatePart.Kind.SPLIT_LIST) {
            for (int item = 0; bytes.hasRemaining(); item++) {
                int split = bytes.getInt();
                int position = bytes.getInt();
                if (item >= part.fromItem() && item < part.toItem()) {
                    splits.put(split, position);
                }
            }
        } else {
            while (bytes.hasRemaining()) {
                int key = bytes.getInt();
                int[] value = {bytes.getInt(), bytes.getInt()};
                if (ownerOf(key, vertex.parallelism()) == id().subtask()) {
                    counts.put(key, value);
                }
            }
        }
    }

    static int ownerOf(int key, int parallelism) {
        int group = KeyGroups.group(KeyGroups.hash(key), MAX_PARALLELISM);
        return KeyGroups.subtask(group, parallelism, MAX_PARALLELISM);
    }

    private void step() {
        if (suspendedBy == 0 && !inputOver) {
            if (source) {
                read();
            } else {
                pull();
            }
        }
        if (isWorking()) {
            later(world.dice().between(5, world.dice().percent(10) ? 1_000 : 120), this::step);
        }
    }

    /** In a world whose sources wait for each other; one without splits holds nobody back. */
    private void report() {
        if (world.sourcesAlign() && world.agenda().nowMs() - reportedAtMs >= REPORT_INTERVAL_MS) {
            reportedAtMs = world.agenda().nowMs();
            worker.tell(
                    new ToCoordinator.SourceWatermark(
                            id(),
                            operatorOf(OperatorSpec.Kind.SOURCE),
                            "group",
                            DRIFT_MS,
                            splits.isEmpty() ? Long.MAX_VALUE : seen));
        }
    }

    void onLimit(long newLimitMs) {
        limitMs = newLimitMs;
    }

    private void read() {
        report();
        if (!splits.isEmpty() && seen > limitMs) {
            world.sourceWaits();
            return;
        }
        if (splits.isEmpty()) {
            if (noMoreSplits) {
                finish();
            } else if (!asked) {
                asked = true;
                requestSplit();
            }
            return;
        }
        int perSplit = world.job(id().jobId()).recordsPerSplit();
        int split = splits.firstKey();
        int position = splits.get(split);
        if (position + 1 < perSplit) {
            splits.put(split, position + 1);
        } else {
            splits.remove(split);
        }
        process(split * perSplit + position);
    }

    @Override
    void onSplits(ToWorker.AssignSplits assigned) {
        if (state() == TaskState.RUNNING) {
            assigned.splits().forEach(split -> splits.put(ByteBuffer.wrap(split).getInt(), 0));
            noMoreSplits |= assigned.noMoreSplits();
            asked = false;
        }
    }

    private void pull() {
        List<Channel> open = channels.stream().filter(c -> !c.ended && c.barrier == 0).toList();
        if (!open.isEmpty()) {
            Channel channel = world.dice().oneOf(open);
            SimulatedWorker producer = world.worker(channel.workerId);
            StreamTask task = (StreamTask) producer.task(channel.upstream);
            if (!producer.isAlive()) {
                if (task == null || task.state() != TaskState.FINISHED) {
                    fail(ErrorCode.EXCHANGE_FAILED, "lost the connection to " + channel.workerId);
                } else {
                    world.saw(Sighting.FINISHED_PRODUCER_WAS_LOST);
                }
            } else if (task != null && !producer.isPaused()) {
                Element element = task.output(channel.edge.id(), id().subtask()).poll();
                if (element != null) {
                    onElement(channel, element);
                }
            }
        }
    }

    private Deque<Element> output(int edgeId, int subtask) {
        return outputs.computeIfAbsent(edgeId + "/" + subtask, key -> new ArrayDeque<>());
    }

    private void onElement(Channel channel, Element element) {
        if (element instanceof Element.Item item) {
            process(item.number());
        } else if (element instanceof Element.Barrier barrier) {
            if (!over.contains(barrier.checkpointId())) {
                channel.barrier = barrier.checkpointId();
                channel.purpose = barrier.purpose();
                align();
            }
        } else {
            channel.ended = true;
            if (channels.stream().allMatch(c -> c.ended)) {
                if (drainedBy == 0) {
                    finish();
                } else {
                    drain();
                }
            } else {
                align();
            }
        }
    }

    private void process(int number) {
        seen++;
        if (keyed) {
            int[] value = counts.computeIfAbsent(number % KEYS, key -> new int[2]);
            value[0]++;
            value[1] += number;
        }
        if (operatorOf(OperatorSpec.Kind.SINK) >= 0) {
            gathered.add(number);
        }
        for (JobEdge edge : deployment.graph().edges()) {
            if (edge.sourceVertex() == vertex.id()) {
                int subtask =
                        edge.kind() == Partitioning.Kind.FORWARD
                                ? id().subtask()
                                : ownerOf(number % KEYS, widthOf(edge.targetVertex()));
                output(edge.id(), subtask).add(new Element.Item(number));
            }
        }
    }

    private int widthOf(int vertexId) {
        JobVertex target = deployment.graph().vertex(vertexId);
        return target.parallelism();
    }

    private void broadcast(Element element) {
        for (JobEdge edge : deployment.graph().edges()) {
            if (edge.sourceVertex() == vertex.id()) {
                for (int subtask = 0; subtask < widthOf(edge.targetVertex()); subtask++) {
                    if (edge.kind() != Partitioning.Kind.FORWARD || subtask == id().subtask()) {
                        output(edge.id(), subtask).add(element);
                    }
                }
            }
        }
    }

    private void finish() {
        List<OperatorCommittables> prepared = new ArrayList<>(handOver());
        int sink = operatorOf(OperatorSpec.Kind.SINK);
        if (sink >= 0) {
            prepared.add(
                    committables(
                            OperatorCommittables.AT_END,
                            Outside.prepare(run, OperatorCommittables.AT_END, gathered)));
        }
        end(prepared);
    }

    private void end(List<OperatorCommittables> prepared) {
        broadcast(new Element.End());
        become(TaskState.FINISHED, null, prepared);
        worker.onTaskFinished(this);
    }

    // ---- checkpoints

    /** A source snapshots at once: splits may be behind the trigger. The others by barriers. */
    void onTrigger(long checkpointId, SnapshotPurpose purpose) {
        if (state() != TaskState.RUNNING || over.contains(checkpointId)) {
            return;
        }
        if (purpose == SnapshotPurpose.DRAIN) {
            drainedBy = checkpointId;
        }
        if (source) {
            if (purpose == SnapshotPurpose.DRAIN) {
                drain();
            } else {
                snapshot(checkpointId, purpose);
            }
        }
    }

    /** All input is over, and the task waits for the savepoint that its job ends with. */
    private void drain() {
        inputOver = true;
        broadcast(new Element.End());
        snapshot(drainedBy, SnapshotPurpose.DRAIN);
    }

    /** The savepoint that the job ends with is complete. */
    void onStop(long checkpointId) {
        onCheckpointEnded(checkpointId, true);
        if (!isStuck()) {
            later(world.dice().between(1, 400), () -> become(TaskState.FINISHED, null, List.of()));
        }
    }

    /** The first one to come decides; one that is over is not waited for any more. */
    private void align() {
        long highest = channels.stream().mapToLong(c -> c.barrier).max().orElse(0);
        if (highest == 0) {
            return;
        }
        for (Channel channel : channels) {
            if (channel.barrier < highest) {
                channel.barrier = 0;
            }
        }
        if (channels.stream().allMatch(c -> c.ended || c.barrier == highest)) {
            SnapshotPurpose purpose =
                    channels.stream()
                            .filter(c -> c.barrier == highest)
                            .map(c -> c.purpose)
                            .findFirst()
                            .orElseThrow();
            channels.forEach(c -> c.barrier = 0);
            snapshot(highest, purpose);
        }
    }

    private void snapshot(long checkpointId, SnapshotPurpose purpose) {
        if (over.contains(checkpointId)) {
            return;
        }
        if (purpose == SnapshotPurpose.SUSPEND) {
            suspendedBy = checkpointId;
        }
        int sink = operatorOf(OperatorSpec.Kind.SINK);
        if (sink >= 0) {
            unconfirmed.put(checkpointId, Outside.prepare(run, checkpointId, gathered));
            gathered.clear();
        }
        Map<String, byte[]> state = new TreeMap<>();
        if (source) {
            ByteBuffer bytes = ByteBuffer.allocate(8 * splits.size());
            splits.forEach((split, position) -> bytes.putInt(split).putInt(position));
            state.put("splits", bytes.array());
        }
        if (keyed) {
            ByteBuffer bytes = ByteBuffer.allocate(12 * counts.size());
            counts.forEach((key, v) -> bytes.putInt(key).putInt(v[0]).putInt(v[1]));
            state.put("counts", bytes.array());
        }
        broadcast(new Element.Barrier(checkpointId, purpose));
        worker.onSnapshot(this, checkpointId, state, handOver());
    }

    /** What the sink prepared for checkpoints that it does not know to be complete. */
    private List<OperatorCommittables> handOver() {
        List<OperatorCommittables> all = new ArrayList<>();
        unconfirmed.forEach((checkpointId, bytes) -> all.add(committables(checkpointId, bytes)));
        return all;
    }

    private OperatorCommittables committables(long checkpointId, byte[] bytes) {
        return new OperatorCommittables(
                vertex.id(),
                operatorOf(OperatorSpec.Kind.SINK),
                id().subtask(),
                checkpointId,
                1,
                List.of(bytes));
    }

    void onCheckpointEnded(long checkpointId, boolean complete) {
        over.add(checkpointId);
        if (checkpointId == suspendedBy && !complete) {
            suspendedBy = 0;
        }
        for (Channel channel : channels) {
            if (channel.barrier == checkpointId) {
                channel.barrier = 0;
            }
        }
        if (complete) {
            unconfirmed.headMap(checkpointId, true).clear();
            Map<String, StatePart> parts = takenParts.get(checkpointId);
            if (parts != null && checkpointId > confirmed) {
                confirmed = checkpointId;
                confirmedParts.clear();
                confirmedParts.putAll(parts);
            }
            takenParts.headMap(checkpointId, true).clear();
        } else {
            takenParts.remove(checkpointId);
        }
    }

    // ---- the parts of its state as checkpoints have them

    /** One that a complete checkpoint has and that has not changed since; or null. */
    StatePart unchanged(String name, byte[] bytes) {
        StatePart part = confirmedParts.get(name);
        return part != null && world.storage().isContent(id().jobId(), part, known, bytes)
                ? part
                : null;
    }

    /**
     * @param stored by its worker; null if that had nothing to store
     */
    void knows(StoredFile stored) {
        if (stored != null && stored.isInManifest()) {
            known.add(stored);
        }
    }

    void stored(long checkpointId, Map<String, StatePart> parts) {
        takenParts.put(checkpointId, parts);
    }

    StatePart.Kind kindOf(String name) {
        return name.equals("splits") ? StatePart.Kind.SPLIT_LIST : StatePart.Kind.KEYED;
    }

    int firstKeyGroup() {
        return KeyGroups.first(id().subtask(), vertex.parallelism(), MAX_PARALLELISM);
    }

    int lastKeyGroup() {
        return KeyGroups.last(id().subtask(), vertex.parallelism(), MAX_PARALLELISM);
    }
}
