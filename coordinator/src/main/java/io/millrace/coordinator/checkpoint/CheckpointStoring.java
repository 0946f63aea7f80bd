package io.millrace.coordinator.checkpoint;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.checkpoint.JobTasks.JobTask;
import io.millrace.coordinator.checkpoint.PendingCheckpoint.Phase;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.EpochParts;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a checkpoint that has all its acknowledgements one that exists, one at a time; knows whose
 * last output complete checkpoints have. Confined to the coordinator's thread.
 */
final class CheckpointStoring {
    private final JobGraph graph;
    private final long epoch;
    private final JobTasks tasks;
    private final CheckpointIds ids;
    private final RestorePoints points;
    private final OpenOutput open;
    private final Set<AttemptId> taken = new TreeSet<>(PendingCheckpoint.ORDER);
    private Prepared prepared; // null while nothing is being stored

    /** What is being written, and what of it is new. */
    record Prepared(
            PendingCheckpoint pending,
            Manifest manifest,
            List<CommittableEntry> fresh,
            List<AttemptId> finished) {}

    CheckpointStoring(
            JobGraph graph,
            long epoch,
            JobTasks tasks,
            CheckpointIds ids,
            RestorePoints points,
            OpenOutput open) {
        this.graph = graph;
        this.epoch = epoch;
        this.tasks = tasks;
        this.ids = ids;
        this.points = points;
        this.open = open;
    }

    boolean isUnderWay() {
        return prepared != null;
    }

    boolean isOf(long checkpointId) {
        return prepared != null && prepared.pending().id() == checkpointId;
    }

    /**
     * Makes the manifest.
     *
     * @return null, or a file that it would refer to and of which nobody knows: then nothing is
     *     stored
     */
    String prepare(PendingCheckpoint ready) {
        ManifestAssembly assembly = new ManifestAssembly(graph, ready, tasks.current());
        List<StoredFile> files = new ArrayList<>(ready.files());
        for (String file : sharedFiles(ready, assembly)) {
            StoredFile earlier = points.file(file);
            if (earlier == null) {
                return file;
            }
            files.add(earlier);
        }
        List<CommittableEntry> fresh = assembly.fresh(open, taken);
        prepared =
                new Prepared(
                        ready,
                        manifest(ready, assembly, fresh, files),
                        fresh,
                        List.copyOf(assembly.finished()));
        return null;
    }

    /** Those that a checkpoint refers to and no worker has written for it. */
    private static List<String> sharedFiles(PendingCheckpoint ready, ManifestAssembly assembly) {
        return assembly.files().stream()
                .filter(
                        file ->
                                ready.files().stream()
                                        .noneMatch(known -> known.file().equals(file)))
                .toList();
    }

    private Manifest manifest(
            PendingCheckpoint ready,
            ManifestAssembly assembly,
            List<CommittableEntry> fresh,
            List<StoredFile> files) {
        List<CommittableEntry> committables = new ArrayList<>(open.entries());
        committables.addAll(fresh);
        return new Manifest(
                graph.jobId().hex(),
                graph.name(),
                ready.isSavepoint() ? epoch : EpochParts.of(epoch, ready.id()),
                ready.id(),
                ready.triggeredAtMs(),
                ready.kind().standsAlone() ? CheckpointKind.FULL : ready.kind(),
                assembly.operators(),
                ready.enumerators(),
                committables,
                files);
    }

    /**
     * The manifest of a savepoint: what it holds stays open, to be committed with the next
     * checkpoint of the job's own.
     *
     * @return empty if it would refer to a file of others: it does not stand alone
     */
    Optional<Manifest> ofSavepoint(PendingCheckpoint ready) {
        ManifestAssembly assembly = new ManifestAssembly(graph, ready, tasks.current());
        return sharedFiles(ready, assembly).isEmpty()
                ? Optional.of(manifest(ready, assembly, assembly.fresh(open, taken), ready.files()))
                : Optional.empty();
    }

    /** Lets what is prepared be written. */
    List<Effect> begin() {
        prepared.pending().become(Phase.STORING);
        List<CheckpointRecord> keep = points.retained().keep();
        return List.of(
                new Effect.StoreCheckpoint(
                        graph, prepared.manifest().retainedWith(keep), keep, ids.highest()));
    }

    /**
     * It is stored, or could not be.
     *
     * @param record of the one that exists now; null if it does not
     */
    Prepared end(CheckpointRecord record) {
        Prepared done = prepared;
        prepared = null;
        if (record != null) {
            points.retained()
                    .stored(
                            new RetainedCheckpoints.Retained(record, done.manifest()),
                            ids.highest());
            taken.addAll(done.finished());
            open.add(done.fresh(), done.pending().id());
        }
        return done;
    }

    /** What is still to be committed when all tasks have finished. */
    List<OperatorCommittables> lastOutput() {
        List<OperatorCommittables> last = new ArrayList<>();
        open.entries().forEach(entry -> last.add(entry.committables()));
        for (JobTask task : tasks.current()) {
            if (!taken.contains(task.id())) {
                last.addAll(open.fresh(task.prepared()));
            }
        }
        return last;
    }
}
