package io.millrace.host.checkpoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.ClaimedCheckpoint;
import io.millrace.runtime.checkpoint.ForkMarks;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.SavepointFormats;
import io.millrace.runtime.plan.JobId;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint of another job, named by its path: its directory, the manifest in it, or the
 * directory of the job for the latest. Its files are named absolutely, and so the job that starts
 * from it never takes them for its own; if it has claimed them it removes all at once. Stateless.
 */
final class ForeignCheckpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignCheckpoint.class);

    private ForeignCheckpoint() {}

    /**
     * Reads it; or a savepoint of another form, of which a job takes what is in it and no more. It
     * is marked before its files are read, so that its job keeps it if that runs, and nobody
     * removes a savepoint who asks.
     *
     * @param fork the job that starts from it
     * @param owner names the application of that job
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND}, {@code CHECKPOINT_FILE_CORRUPT},
     *     {@code CHECKPOINT_INCOMPATIBLE}, or of the file system
     */
    static Event.FoundCheckpoint read(String where, JobId fork, String owner) {
        Optional<Manifest> savepoint = SavepointFormats.ofEngine().read(new Path(where));
        if (savepoint.isPresent()) {
            Manifest manifest = savepoint.get();
            ForkMarks.place(new Path(where), manifest, fork, owner);
            return new Event.FoundCheckpoint(
                    new CheckpointRecord(manifest.checkpointId(), manifest.epoch(), where, 0, 0),
                    manifest,
                    null);
        }
        return SavedCheckpoint.with(new Path(where), saved -> marked(saved, fork, owner));
    }

    private static Event.FoundCheckpoint marked(SavedCheckpoint saved, JobId fork, String owner) {
        ForkMarks.place(saved, fork, owner);
        Manifest manifest = saved.readForAnyJob();
        return new Event.FoundCheckpoint(
                new CheckpointRecord(
                        saved.checkpointId(), saved.epoch(), saved.manifest().toString(), 0, 0),
                manifest,
                null);
    }

    /**
     * Removes one that a job has claimed and needs no more. What cannot be removed is logged.
     *
     * @param where as it was read, or as the job's options name it; the directory of a job is left
     *     alone, since its newest checkpoint need not be the one that was claimed
     * @param roots where checkpoints of further jobs lie that may need files of it
     */
    static void release(JobId claimedBy, String where, List<Path> roots) {
        try {
            Path path = new Path(where);
            ForkMarks.remove(path, claimedBy); // those of others count
            if (SavepointFormats.ofEngine().release(path, roots)
                    || ClaimedCheckpoint.delete(path, claimedBy, roots)) {
                LOG.info(
                        "The checkpoint that was claimed is removed. job={} path={}",
                        claimedBy,
                        where);
            }
        } catch (MillraceException e) {
            LOG.warn(
                    "The checkpoint that was claimed is left. job={} path={}", claimedBy, where, e);
        }
    }
}
