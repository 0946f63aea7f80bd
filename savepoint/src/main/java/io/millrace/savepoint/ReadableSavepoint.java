package io.millrace.savepoint;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StoredSegments;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * A savepoint of either form, or a checkpoint, as something that can be read. Immutable.
 *
 * @param tables whether it is one of tables
 * @param segments where its state lies
 */
public record ReadableSavepoint(
        Path path, boolean tables, Manifest manifest, SegmentSource segments) {

    /**
     * @param path of a savepoint, a checkpoint, or a job's directory for its newest complete one
     * @throws io.millrace.api.error.MillraceException {@code CHECKPOINT_NOT_FOUND}, {@code
     *     CHECKPOINT_FILE_CORRUPT}, {@code CHECKPOINT_INCOMPATIBLE}; of the file system
     */
    public static ReadableSavepoint open(Path path) {
        if (TableSavepoint.isAt(path)) {
            TableSavepoint savepoint = TableSavepoint.open(path);
            return new ReadableSavepoint(
                    savepoint.path(), true, savepoint.toCheckpoint(), savepoint.segments());
        }
        SavedCheckpoint saved = SavedCheckpoint.find(path);
        Manifest manifest = saved.read();
        return new ReadableSavepoint(
                saved.path(),
                false,
                manifest,
                new StoredSegments(saved.directory(), LocalCopies.NONE, manifest.files()));
    }

    /**
     * The same, telling how many bytes are read; of files as they are stored.
     *
     * @param target takes the bytes of each segment that is opened; called by whoever reads
     */
    public ReadableSavepoint watched(LongConsumer target) {
        SegmentSource watched =
                segment -> {
                    InputStream opened = segments.open(segment);
                    target.accept(segment.length());
                    return opened;
                };
        return new ReadableSavepoint(path, tables, manifest, watched);
    }
}
