package io.millrace.host.checkpoint;

import io.millrace.api.file.Path;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;

/**
 * A checkpoint of another job, named by its path: its directory, the manifest in it, or the
 * directory of the job for the latest. Its files are named absolutely, and so are never deleted by
 * the job that starts from it. Stateless.
 */
final class ForeignCheckpoint {
    private ForeignCheckpoint() {}

    /**
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND}, {@code CHECKPOINT_FILE_CORRUPT},
     *     {@code CHECKPOINT_INCOMPATIBLE}, or of the file system
     */
    static Event.FoundCheckpoint read(String where) {
        SavedCheckpoint saved = SavedCheckpoint.find(new Path(where));
        Manifest manifest = saved.readForAnyJob();
        return new Event.FoundCheckpoint(
                new CheckpointRecord(
                        saved.checkpointId(), saved.epoch(), saved.manifest().toString(), 0, 0),
                manifest,
                null);
    }
}
