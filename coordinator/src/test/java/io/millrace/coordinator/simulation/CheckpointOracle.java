package io.millrace.coordinator.simulation;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.JobResult;
import io.millrace.runtime.checkpoint.CheckpointFiles;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold of checkpoints, judged from storage, workers and the world outside. */
final class CheckpointOracle {
    private static final long LEAK_MS = 25_000;

    private final Simulation world;
    private final TreeMap<String, Long> triggered = new TreeMap<>();
    private final TreeMap<String, Long> triggeredEpoch = new TreeMap<>();
    private final TreeMap<String, Long> pointedEpoch = new TreeMap<>();
    private final TreeMap<String, Long> pointedId = new TreeMap<>();
    private final TreeMap<String, TreeSet<String>> promised = new TreeMap<>();
    private final TreeSet<String> fellBack = new TreeSet<>();
    private String savepoint; // that is being checked; null if it is a checkpoint
    private final TreeSet<String> released = new TreeSet<>(); // what they had claimed, soon

    CheckpointOracle(Simulation world) {
        this.world = world;
    }

    /** I7: no id is used twice, whoever leads. */
    void onTrigger(CoordinatorProcess process, JobId job, long checkpointId) {
        if (process != world.leader()) {
            return; // workers of the leader obey it no more
        }
        String key = job.hex();
        long before = triggered.getOrDefault(key, 0L);
        boolean sameLeader = process.epoch() == triggeredEpoch.getOrDefault(key, 0L);
        if (checkpointId < before || checkpointId == before && !sameLeader) {
            throw new InvariantBroken(
                    "I7 ids are used once", job + " triggers " + checkpointId + " after " + before);
        }
        triggeredEpoch.put(key, process.epoch());
        triggered.put(key, checkpointId);
    }

    /** A pointer has become durable. */
    void onPointer(CoordinatorProcess process, JobId job, Pointer pointer, Manifest newest) {
        String key = job.hex();
        if (process.epoch() < pointedEpoch.getOrDefault(key, 0L)
                || process.epoch() < world.epoch()) {
            throw new InvariantBroken(
                    "I5 one leader effect", job + " epoch " + process.epoch() + " writes");
        }
        if (newest.checkpointId() <= pointedId.getOrDefault(key, 0L)) {
            throw new InvariantBroken("I7 ids increase", job + " stores " + newest.checkpointId());
        }
        pointedEpoch.put(key, process.epoch());
        pointedId.put(key, newest.checkpointId());
        newest.committables()
                .forEach(
                        entry ->
                                promised.computeIfAbsent(key, k -> new TreeSet<>())
                                        .addAll(Outside.namesOf(entry.committables())));
        checkFiles(job);
        checkEquation(world.job(job), newest);
        checkLeaks(job, pointer, newest);
        observe(newest);
    }

    private void observe(Manifest manifest) {
        String own = manifest.epoch() + "/" + manifest.checkpointId() + "/";
        if (manifest.files().stream()
                .anyMatch(f -> f.isInManifest() && !f.file().startsWith(own))) {
            world.saw(Sighting.STATE_IN_AN_EARLIER_MANIFEST_WAS_CARRIED);
        }
        boolean anyFinished =
                manifest.operators().stream()
                        .flatMap(o -> o.subtasks().stream())
                        .anyMatch(SubtaskEntry::finished);
        if (anyFinished) {
            world.saw(Sighting.CHECKPOINT_WITH_FINISHED_TASKS);
        }
        boolean atEnd =
                manifest.committables().stream()
                        .anyMatch(
                                e ->
                                        e.committables().checkpointId()
                                                == OperatorCommittables.AT_END);
        if (atEnd) {
            world.saw(Sighting.OUTPUT_OF_A_FINISHED_TASK_IN_A_CHECKPOINT);
        }
        boolean older =
                manifest.committables().stream()
                        .map(e -> e.committables().checkpointId())
                        .anyMatch(
                                id ->
                                        id != OperatorCommittables.AT_END
                                                && id < manifest.checkpointId());
        if (older) {
            world.saw(Sighting.OUTPUT_OF_AN_EARLIER_CHECKPOINT_CARRIED);
        }
    }

    /** The paths that the checkpoints of a pointer need. */
    TreeSet<String> needed(JobId job, Pointer pointer) {
        TreeSet<String> needed = new TreeSet<>();
        if (pointer != null) {
            for (CheckpointRecord record : pointer.retained()) {
                needed.add(SimulatedStorage.path(job, record.manifest()));
                Manifest manifest = world.storage().manifest(job, record);
                if (manifest != null) {
                    CheckpointFiles.of(manifest)
                            .files()
                            .forEach(file -> needed.add(SimulatedStorage.path(job, file)));
                }
            }
        }
        return needed;
    }

    /** I6: what the pointer names is there. */
    void checkFiles(JobId job) {
        for (String path : needed(job, world.storage().pointer(job))) {
            if (!world.storage().isThere(path)) {
                throw new InvariantBroken("I6 every checkpoint restorable", path + " is gone");
            }
        }
    }

    /** A leader is about to remove what its job has claimed. */
    void onReleaseAsked(JobId job) {
        released.add(job.hex());
    }

    /** What is claimed goes once nothing needs it; what is not stays. */
    void onRelease(JobId job, String path) {
        SimulatedJob of = world.job(job);
        if (!of.claims() || !path.equals(LeftCheckpoint.manifest(job.hex()))) {
            throw new InvariantBroken("I6 what is not owned stays", job + " removes " + path);
        }
        Pointer pointer = world.storage().pointer(job);
        boolean finished =
                world.journal().ended(job) != null
                        && world.journal().ended(job).result().outcome()
                                == JobResult.Outcome.FINISHED;
        boolean needed =
                pointer == null
                        ? !finished && !world.storage().isForgotten(job)
                        : needed(job, pointer).stream().anyMatch(LeftCheckpoint::isLeft);
        if (needed) {
            throw new InvariantBroken(
                    "I6 what is claimed goes when it is not needed", job + " removes " + path);
        }
    }

    /** Files of another job are nobody's garbage. */
    void onGarbage(JobId job, Garbage garbage) {
        List<String> names = new ArrayList<>(garbage.directories());
        names.addAll(garbage.files());
        if (names.stream().anyMatch(LeftCheckpoint::isLeft)) {
            throw new InvariantBroken("I6 what is not owned stays", job + " deletes " + garbage);
        }
    }

    /** What was left for a job is there in the end, but for what it has claimed and replaced. */
    void checkLeft(SimulatedJob job, JobResult result, boolean leadersDied) {
        if (!job.startsFromLeft()) {
            return;
        }
        boolean claimedIsThere = false;
        for (String path : LeftCheckpoint.filesFor(job).keySet()) {
            boolean there = world.storage().isThere(path);
            boolean isClaimed = job.claims() && !LeftCheckpoint.isOfOlder(path);
            claimedIsThere |= isClaimed && there;
            if (!isClaimed && !there) {
                throw new InvariantBroken("I6 what is not owned stays", path + " is gone");
            }
        }
        if (claimedIsThere
                && result.outcome() == JobResult.Outcome.FINISHED
                && !released.contains(job.graph().jobId().hex())
                && !leadersDied) {
            throw new InvariantBroken("I15 no leaks", "what " + job.graph().name() + " claimed");
        }
    }

    /** I15: what nobody needs does not stay for ever. */
    private void checkLeaks(JobId job, Pointer pointer, Manifest newest) {
        var leaked = world.storage().leaked(job, LEAK_MS, needed(job, pointer), newest.epoch());
        String current = "/" + newest.epoch() + "/" + newest.checkpointId() + "/";
        for (String path : leaked) {
            if (!path.contains(current) && !world.storageWasSlow()) {
                throw new InvariantBroken("I15 no leaks", path);
            }
        }
    }

    /** I1, I11: state is exactly what the records before the cut make of it. */
    private void checkEquation(SimulatedJob job, Manifest manifest) {
        JobId id = job.graph().jobId();
        for (JobVertex vertex : job.graph().vertices()) {
            boolean source = vertex.operators().get(0).kind() == OperatorSpec.Kind.SOURCE;
            if (!source) {
                continue;
            }
            TreeSet<Integer> before = readBefore(job, manifest, vertex);
            for (int target = vertex.id(); target > 0; target = next(job, target)) {
                checkCounts(job, id, manifest, job.graph().vertex(target), before);
            }
        }
    }

    /** The vertex behind this one, or 0. */
    private static int next(SimulatedJob job, int vertexId) {
        return job.graph().edges().stream()
                .filter(edge -> edge.sourceVertex() == vertexId)
                .map(JobEdge::targetVertex)
                .findFirst()
                .orElse(0);
    }

    private static OperatorEntry entryOf(Manifest manifest, JobVertex vertex) {
        String id = vertex.operators().get(0).identity();
        return manifest.operators().stream()
                .filter(o -> o.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvariantBroken("manifest is complete", id + " is missing"));
    }

    private TreeSet<Integer> readBefore(SimulatedJob job, Manifest manifest, JobVertex vertex) {
        String operatorId = vertex.operators().get(0).identity();
        int assigned =
                manifest.enumerators().stream()
                        .filter(e -> e.operatorId().equals(operatorId))
                        .map(EnumeratorEntry::state)
                        .map(state -> ByteBuffer.wrap(state).getInt())
                        .findFirst()
                        .orElse(job.splits());
        TreeMap<Integer, Integer> positions = new TreeMap<>();
        for (SubtaskEntry subtask : entryOf(manifest, vertex).subtasks()) {
            for (StatePart part : subtask.parts()) {
                ByteBuffer bytes = content(job, manifest, part);
                while (bytes.hasRemaining()) {
                    int split = bytes.getInt();
                    if (split >= assigned || positions.put(split, bytes.getInt()) != null) {
                        throw new InvariantBroken(
                                "I1 checkpoint equation",
                                "checkpoint "
                                        + manifest.checkpointId()
                                        + " has split "
                                        + split
                                        + " twice; its enumerator goes on at "
                                        + assigned);
                    }
                }
            }
        }
        TreeSet<Integer> before = new TreeSet<>();
        for (int split = 0; split < assigned; split++) {
            int read = positions.getOrDefault(split, job.recordsPerSplit());
            for (int i = 0; i < read; i++) {
                before.add(split * job.recordsPerSplit() + i);
            }
        }
        return before;
    }

    /**
     * I1 of a savepoint.
     *
     * @return the records before its cut, by the vertex of their source
     */
    TreeMap<Integer, List<Integer>> checkSavepoint(
            SimulatedJob job, String path, Manifest manifest) {
        savepoint = path;
        try {
            checkEquation(job, manifest);
            TreeMap<Integer, List<Integer>> before = new TreeMap<>();
            for (JobVertex vertex : job.graph().vertices()) {
                if (vertex.operators().get(0).kind() == OperatorSpec.Kind.SOURCE) {
                    boolean isOver =
                            entryOf(manifest, vertex).subtasks().stream()
                                    .allMatch(SubtaskEntry::finished);
                    before.put(
                            vertex.id(),
                            isOver // and its enumerator, which has nothing to do, may begin anew
                                    ? job.expectedRecords()
                                    : List.copyOf(readBefore(job, manifest, vertex)));
                }
            }
            return before;
        } finally {
            savepoint = null;
        }
    }

    private ByteBuffer content(SimulatedJob job, Manifest manifest, StatePart part) {
        if (savepoint != null) {
            return ByteBuffer.wrap(contentOfSavepoint(part));
        }
        byte[] bytes = world.storage().read(job.graph().jobId(), part, manifest.files());
        return ByteBuffer.wrap(bytes == null ? new byte[0] : bytes);
    }

    private byte[] contentOfSavepoint(StatePart part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Piece piece : part.pieces()) {
            SegmentRef segment = ((Piece.Stored) piece).segment();
            byte[] file = world.savepoints().file(savepoint, segment.file());
            out.write(file, (int) segment.offset(), (int) segment.length());
        }
        return out.toByteArray();
    }

    private void checkCounts(
            SimulatedJob job,
            JobId id,
            Manifest manifest,
            JobVertex vertex,
            TreeSet<Integer> before) {
        boolean keyed =
                job.graph().inputsOf(vertex.id()).stream()
                        .anyMatch(edge -> edge.kind() == Partitioning.Kind.KEY_GROUP);
        OperatorEntry entry = entryOf(manifest, vertex);
        boolean anyFinished = entry.subtasks().stream().anyMatch(SubtaskEntry::finished);
        if (!keyed || anyDamaged(id, manifest)) {
            return;
        }
        TreeMap<Integer, int[]> counts = new TreeMap<>();
        for (int subtask = 0; subtask < entry.parallelism(); subtask++) {
            for (StatePart part : entry.subtasks().get(subtask).parts()) {
                if (part.kind() != StatePart.Kind.KEYED) {
                    continue;
                }
                ByteBuffer bytes = content(job, manifest, part);
                while (bytes.hasRemaining()) {
                    int key = bytes.getInt();
                    int[] value = {bytes.getInt(), bytes.getInt()};
                    if (StreamTask.ownerOf(key, entry.parallelism()) != subtask
                            || counts.put(key, value) != null) {
                        throw new InvariantBroken(
                                "I11 key ownership", "key " + key + " in subtask " + subtask);
                    }
                }
            }
        }
        for (int key = 0; key < StreamTask.KEYS; key++) {
            int owner = StreamTask.ownerOf(key, entry.parallelism());
            if (anyFinished && entry.subtasks().get(owner).finished()) {
                continue; // its state is gone with it
            }
            int count = 0;
            int sum = 0;
            for (int number : before) {
                if (number % StreamTask.KEYS == key) {
                    count++;
                    sum += number;
                }
            }
            int[] value = counts.getOrDefault(key, new int[2]);
            if (value[0] != count || value[1] != sum) {
                throw new InvariantBroken(
                        "I1 checkpoint equation",
                        "job "
                                + job.graph().name()
                                + " checkpoint "
                                + manifest.checkpointId()
                                + " vertex "
                                + vertex.id()
                                + " key "
                                + key
                                + " has "
                                + value[0]
                                + " records, and "
                                + count
                                + " were read");
            }
        }
    }

    private boolean anyDamaged(JobId job, Manifest manifest) {
        return savepoint == null
                && manifest.files().stream()
                        .anyMatch(file -> world.storage().isDamaged(job, file.file()));
    }

    /** I7: tasks go back to the latest checkpoint that is not broken, and never to nothing. */
    void onDeploy(CoordinatorProcess process, ToWorker.DeployTasks deployment) {
        JobId job = deployment.graph().jobId();
        Pointer pointer = world.storage().pointer(job);
        if (process == world.leader() && pointer == null && world.job(job).startsFromLeft()) {
            onStartFromLeft(deployment);
        }
        if (process != world.leader() || pointer == null) {
            return;
        }
        for (AttemptId attempt : deployment.tasks()) {
            long from =
                    deployment.restores().stream()
                            .filter(r -> r.vertexId() == attempt.vertexId())
                            .filter(r -> r.subtask() == attempt.subtask())
                            .mapToLong(r -> r.checkpointId())
                            .findFirst()
                            .orElse(0);
            for (CheckpointRecord record : pointer.retained()) {
                if (record.checkpointId() > from) {
                    Manifest manifest = world.storage().manifest(job, record);
                    if (manifest != null && !anyDamaged(job, manifest)) {
                        throw new InvariantBroken(
                                "I7 never silently from scratch",
                                attempt
                                        + " starts from "
                                        + from
                                        + ", and "
                                        + record.checkpointId()
                                        + " is there");
                    }
                    fellBack.add(job.hex());
                    world.saw(Sighting.FELL_BACK_TO_AN_OLDER_CHECKPOINT);
                }
            }
            if (from > 0) {
                world.saw(Sighting.RESTORED_FROM_A_CHECKPOINT);
            }
        }
    }

    /** I7: a job that has no checkpoint of its own goes back to the one that it started from. */
    private void onStartFromLeft(ToWorker.DeployTasks deployment) {
        for (AttemptId attempt : deployment.tasks()) {
            boolean restored =
                    deployment.restores().stream()
                            .filter(r -> r.vertexId() == attempt.vertexId())
                            .filter(r -> r.subtask() == attempt.subtask())
                            .anyMatch(r -> r.checkpointId() == LeftCheckpoint.ID);
            if (!restored) {
                throw new InvariantBroken("I7 never silently from scratch", attempt.toString());
            }
        }
        world.saw(Sighting.STARTED_FROM_WHAT_ANOTHER_JOB_LEFT);
    }

    /** Whether a checkpoint was given up whose output had been committed. */
    boolean fellBack(JobId job) {
        return fellBack.contains(job.hex());
    }

    /** I4: only what a durable checkpoint holds, or the last entry of the journal. */
    void onCommit(Effect.Commit commit) {
        JobId job = commit.graph().jobId();
        TreeSet<String> allowed = new TreeSet<>(promised(job));
        var started = world.journal().started(job);
        if (started != null) {
            started.committables().forEach(c -> allowed.addAll(Outside.namesOf(c)));
        }
        for (OperatorCommittables prepared : commit.committables()) {
            for (String name : Outside.namesOf(prepared)) {
                if (!allowed.contains(name)) {
                    throw new InvariantBroken(
                            "I4 commit what is durable", job + " commits " + name);
                }
            }
        }
    }

    TreeSet<String> promised(JobId job) {
        return promised.getOrDefault(job.hex(), new TreeSet<>());
    }

    /** I4: what a durable checkpoint holds is visible when its job has ended. */
    void checkEnded(JobResult result) {
        TreeSet<String> missing = new TreeSet<>(promised(result.jobId()));
        missing.removeAll(world.outside().names(result.jobId()));
        // A manifest that is damaged hides what it promised; what came after it comes again.
        boolean gaveUp =
                fellBack(result.jobId())
                        || result.outcome() != JobResult.Outcome.FINISHED
                                && world.outputMayBeGivenUp();
        if (!missing.isEmpty() && !gaveUp) {
            throw new InvariantBroken(
                    "I4 what is durable is committed", result.jobId() + " lacks " + missing);
        }
    }
}
