package io.millrace.host.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.JobCheckpoints;
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
        SavedCheckpoint saved = find(new Path(where));
        Manifest manifest = saved.readForAnyJob();
        return new Event.FoundCheckpoint(
                new CheckpointRecord(
                        saved.checkpointId(), saved.epoch(), saved.manifest().toString(), 0, 0),
                manifest,
                null);
    }

    private static SavedCheckpoint find(Path path) {
        if (!path.getName().matches("[0-9a-f]{32}")) {
            return SavedCheckpoint.at(path);
        }
        SavedCheckpoint latest = null;
        for (JobCheckpoints.Entry entry : JobCheckpoints.below(path).get(0).entries()) {
            if (entry.state() == JobCheckpoints.State.COMPLETE) {
                latest = entry.checkpoint();
            }
        }
        if (latest == null) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_NOT_FOUND,
                    "there is no complete checkpoint below "
                            + path
                            + ". 'millrace checkpoint list "
                            + path
                            + "' shows what there is.");
        }
        return latest;
    }
}
