package io.millrace.coordinator.checkpoint;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.TimerId;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.SavepointTarget;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A checkpoint under way. Confined to the coordinator's thread.
 *
 * <pre>
 * ENUMERATORS → TASKS → ACKNOWLEDGED → STORING
 * </pre>
 *
 * <p>It can be given up in each of them but the last: then the pointer may name it already. No
 * pointer names a savepoint, so that can be given up always; one that the job ends with becomes
 * {@code DURABLE} last.
 */
final class PendingCheckpoint {
    /** Where it stands. */
    enum Phase {
        /** Waits for the positions of the enumerators. */
        ENUMERATORS,
        /** Workers have been told; waits for their acknowledgements. */
        TASKS,
        /** Complete, but for the pointer. */
        ACKNOWLEDGED,
        /** The host writes it. */
        STORING,
        /** A savepoint is whole, and the job has not begun to end with it. */
        DURABLE
    }

    /** Of attempts, in the order of vertices and subtasks. */
    static final Comparator<AttemptId> ORDER =
            Comparator.comparingInt(AttemptId::vertexId)
                    .thenComparingInt(AttemptId::subtask)
                    .thenComparingInt(AttemptId::attempt);

    private final long id;
    private final long triggeredAtMs;
    private final CheckpointKind kind;
    private final SavepointTarget target; // null unless it is a savepoint
    private final Set<Effect.SourceRef> awaitedSources;
    private final List<EnumeratorEntry> enumerators = new ArrayList<>();
    private final Map<AttemptId, String> awaitedTasks = new TreeMap<>(ORDER);
    private final Set<String> workers = new LinkedHashSet<>();
    private final Map<AttemptId, TaskSnapshot> snapshots = new TreeMap<>(ORDER);
    private final Map<AttemptId, List<OperatorCommittables>> finished = new TreeMap<>(ORDER);
    private final List<StoredFile> files = new ArrayList<>();
    private Phase phase = Phase.ENUMERATORS;

    /**
     * @param target null unless it is a savepoint
     */
    PendingCheckpoint(
            long id,
            long triggeredAtMs,
            CheckpointKind kind,
            SavepointTarget target,
            List<Effect.SourceRef> sources) {
        this.id = id;
        this.triggeredAtMs = triggeredAtMs;
        this.kind = kind;
        this.target = target;
        this.awaitedSources = new LinkedHashSet<>(sources);
    }

    long id() {
        return id;
    }

    long triggeredAtMs() {
        return triggeredAtMs;
    }

    CheckpointKind kind() {
        return kind;
    }

    /** Where the savepoint goes; null if it is none. */
    SavepointTarget target() {
        return target;
    }

    boolean isSavepoint() {
        return target != null;
    }

    /** The timer that ends it. */
    TimerId timeout(JobId jobId) {
        return new TimerId(TimerId.Purpose.CHECKPOINT_TIMEOUT, jobId.hex(), (int) id);
    }

    Phase phase() {
        return phase;
    }

    void become(Phase next) {
        phase = next;
    }

    /** Returns false if this enumerator is not awaited. */
    boolean position(Effect.SourceRef source, EnumeratorEntry position) {
        if (!awaitedSources.remove(source)) {
            return false;
        }
        enumerators.add(position);
        return true;
    }

    boolean isAwaited(Effect.SourceRef source) {
        return awaitedSources.contains(source);
    }

    boolean hasAllPositions() {
        return awaitedSources.isEmpty();
    }

    void await(AttemptId attempt, String workerId) {
        awaitedTasks.put(attempt, workerId);
        workers.add(workerId);
    }

    /** The attempt had finished before the trigger. */
    void finished(AttemptId attempt, List<OperatorCommittables> prepared) {
        finished.put(attempt, prepared);
    }

    /** Takes what was awaited of this worker, and nothing else. */
    void acknowledged(String workerId, List<TaskSnapshot> tasks, StoredFile file) {
        boolean news = false;
        for (TaskSnapshot task : tasks) {
            if (workerId.equals(awaitedTasks.get(task.attempt()))) {
                awaitedTasks.remove(task.attempt());
                snapshots.put(task.attempt(), task);
                news = true;
            }
        }
        if (news && file != null) {
            files.add(file);
        }
    }

    boolean isAcknowledged() {
        return awaitedTasks.isEmpty();
    }

    boolean awaitsWorker(String workerId) {
        return awaitedTasks.containsValue(workerId);
    }

    /** The first few attempts that have not answered, for people. */
    List<AttemptId> awaited() {
        return awaitedTasks.keySet().stream().limit(5).toList();
    }

    /** Those that were told of it. */
    Set<String> workers() {
        return workers;
    }

    /** What everybody is told who has taken part. */
    List<Effect> tellEnded(JobId jobId, long epoch, boolean complete) {
        List<Effect> effects = new ArrayList<>();
        for (String worker : workers) {
            effects.add(
                    new Effect.Send(
                            worker, new ToWorker.CheckpointEnded(epoch, jobId, id, complete)));
        }
        if (!enumerators.isEmpty()) {
            effects.add(new Effect.TellEnumerators(jobId, id, complete));
        }
        return effects;
    }

    List<EnumeratorEntry> enumerators() {
        return enumerators;
    }

    Map<AttemptId, TaskSnapshot> snapshots() {
        return snapshots;
    }

    /** The attempts that had finished before the trigger, with what they prepared. */
    Map<AttemptId, List<OperatorCommittables>> finished() {
        return finished;
    }

    List<StoredFile> files() {
        return files;
    }
}
