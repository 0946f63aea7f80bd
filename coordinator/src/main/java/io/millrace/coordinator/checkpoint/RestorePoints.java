package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.checkpoint.RetainedCheckpoints.Retained;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job goes back to: the youngest checkpoint that can be read, of its own or, before it has
 * any, the foreign one that it was started from. Confined to the coordinator's thread.
 *
 * <p>A job that has a history never starts empty: if nothing of it can be read, that is a failure.
 */
final class RestorePoints {
    private final JobGraph graph;
    private final CheckpointPolicy policy;
    private final RetainedCheckpoints retained;
    private final Map<Integer, Long> restoredFrom = new TreeMap<>();
    private Retained origin;
    private StateAssignment assignment;
    private boolean released; // what was claimed

    RestorePoints(JobGraph graph, CheckpointPolicy policy) {
        this.graph = graph;
        this.policy = policy;
        this.retained = new RetainedCheckpoints(policy.settings().retained());
    }

    RetainedCheckpoints retained() {
        return retained;
    }

    /**
     * Takes over what was found.
     *
     * @return what is to be committed before tasks start
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} if there is a history and nothing
     *     of it can be read, {@code CHECKPOINT_INCOMPATIBLE}
     */
    List<CommittableEntry> restore(Event.CheckpointsRead read) {
        List<Retained> found = new ArrayList<>();
        read.found().forEach(one -> found.add(new Retained(one.record(), one.manifest())));
        if (read.pointer() != null) {
            retained.restore(found);
        } else if (!found.isEmpty()) {
            origin = found.get(0).manifest() == null ? null : found.get(0);
        }
        if (latest() != null) {
            return assignment().committables();
        }
        if (!found.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    "none of the "
                            + found.size()
                            + " checkpoints of job '"
                            + graph.name()
                            + "' can be read. The youngest: "
                            + read.found().get(found.size() - 1).failure().headline()
                            + " The job does not start empty. Repair the files, or start it anew"
                            + " from another checkpoint with run -s.");
        }
        return List.of();
    }

    private Retained latest() {
        Retained own = retained.latest();
        return own == null && retained.isEmpty() ? origin : own;
    }

    /** Whether there is something to go back to. */
    boolean exist() {
        return latest() != null;
    }

    /** Of the one that would be restored now; 0 if there is none. */
    long latestId() {
        Retained latest = latest();
        return latest == null ? 0 : latest.id();
    }

    /**
     * A job that was started from a foreign checkpoint soon stands on its own files, and nothing is
     * built on files that are damaged.
     */
    CheckpointKind nextKind() {
        return origin != null && retained.isEmpty() || retained.isYoungestSuspect()
                ? CheckpointKind.FULL
                : policy.kind();
    }

    /** Null if there is nothing to go back to. */
    private StateAssignment assignment() {
        Retained latest = latest();
        if (latest == null) {
            return null;
        }
        if (assignment == null || assignment.checkpointId() != latest.id()) {
            assignment =
                    StateAssignment.of(
                            latest.manifest(), graph, policy.recovery().ignoreUnclaimed());
        }
        return assignment;
    }

    /**
     * Looks whether another form of the job could go on from here.
     *
     * @throws MillraceException {@code CHECKPOINT_INCOMPATIBLE}
     */
    void check(JobGraph other) {
        Retained latest = latest();
        if (latest != null) {
            StateAssignment.of(latest.manifest(), other, policy.recovery().ignoreUnclaimed());
        }
    }

    /**
     * What new attempts of these vertices are given.
     *
     * @throws MillraceException {@code CHECKPOINT_INCOMPATIBLE}
     */
    Restores restores(List<Integer> vertexIds) {
        StateAssignment now = assignment();
        if (now == null) {
            return Restores.NONE;
        }
        vertexIds.forEach(vertexId -> restoredFrom.put(vertexId, now.checkpointId()));
        return new Restores(
                now.restores(graph, vertexIds),
                latest().manifest().files().stream().filter(StoredFile::isInManifest).toList());
    }

    /** What a checkpoint that begins now may refer to; null if there is nothing. */
    Manifest base(CheckpointKind kind) {
        Retained latest = latest();
        return latest == null || kind.standsAlone() ? null : latest.manifest();
    }

    /** Where the enumerator of a source goes on from; null if it begins anew. */
    EnumeratorEntry position(int vertexId, int operatorIndex) {
        StateAssignment now = assignment();
        return now == null ? null : now.enumerator(graph.vertex(vertexId), operatorIndex);
    }

    /**
     * A task found a file of the checkpoint broken that its vertex was restored from. The one
     * before is taken next time.
     *
     * @return what to tell, or null if that was known
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} if there is no other one
     */
    FailureReport onCorrupt(int vertexId, FailureReport failure) {
        Long id = restoredFrom.get(vertexId);
        if (id == null) {
            return null;
        }
        boolean news = retained.markBroken(id);
        if (origin != null && origin.id() == id && retained.isEmpty()) {
            origin = null;
            news = true;
        }
        if (!news) {
            return null;
        }
        if (latest() == null) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    "checkpoint "
                            + id
                            + " of job '"
                            + graph.name()
                            + "' cannot be restored, and no other one is left: "
                            + failure.headline()
                            + " The job does not start empty. 'millrace checkpoint verify' lists"
                            + " all damage.");
        }
        return failure.leadingTo(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                "checkpoint "
                        + id
                        + " cannot be restored: "
                        + failure.headline()
                        + " Restoring checkpoint "
                        + latestId()
                        + " instead; output that was committed in between comes again. 'millrace"
                        + " checkpoint verify' lists all damage.");
    }

    /** A file that a checkpoint may refer to, or null if nobody knows it. */
    StoredFile file(String name) {
        StoredFile own = retained.file(name);
        if (own != null || origin == null) {
            return own;
        }
        return origin.manifest().files().stream()
                .filter(known -> known.file().equals(name))
                .findFirst()
                .orElse(null);
    }

    /**
     * What the job was started from and has claimed goes once, after a durable pointer names a
     * checkpoint that stands on the job's own files.
     */
    List<Effect> releaseIfReplaced() {
        return retained.standAlone() ? release() : List.of();
    }

    /** The same when the job needs no checkpoint any more. */
    List<Effect> release() {
        if (released || !policy.claims()) {
            return List.of();
        }
        String path = origin == null ? policy.restoreFrom() : origin.record().manifest();
        released = true;
        origin = null;
        return List.of(new Effect.ReleaseClaimed(graph.jobId(), path));
    }

    /** What no checkpoint needs any more; see {@link RetainedCheckpoints#takeGarbage}. */
    List<Effect> deletions(long lowestId, long epoch) {
        return deletion(retained.takeGarbage(lowestId, epoch));
    }

    /** The same, of a job that has ended and keeps what is complete. */
    List<Effect> lastDeletions() {
        return deletion(retained.takeLastGarbage());
    }

    private List<Effect> deletion(Garbage garbage) {
        return garbage.isEmpty()
                ? List.of()
                : List.of(new Effect.DeleteCheckpointFiles(graph, garbage, List.of()));
    }
}
