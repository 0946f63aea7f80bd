package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.savepoint.SavepointManifest.Operator;
import java.io.IOException;
import java.util.List;

/**
 * Writes a checkpoint as a savepoint of tables, without the classes of its job. Memory: for each
 * processor some pieces of the checkpoint and one row group, whatever the size; files of a large
 * state are written side by side.
 */
public final class SavepointWriter {
    private SavepointWriter() {}

    /**
     * Writes all tables, then the manifest, with which the savepoint exists.
     *
     * @param segments of the checkpoint; thread-safe
     * @param directory must not be there
     * @throws MillraceException {@code PATH_EXISTS} or {@code INVALID_OPTION} if the directory is
     *     there; {@code CHECKPOINT_INCOMPATIBLE} if a state is in a form that nothing on the class
     *     path reads; {@code CHECKPOINT_FILE_CORRUPT}; of the file system. What was written is
     *     left, without a manifest
     */
    public static TableSavepoint write(
            Manifest checkpoint, SegmentSource segments, Path directory) {
        return write(checkpoint, segments, directory, 0);
    }

    /**
     * The same with another number of key groups, for a job whose maximum parallelism changes. Only
     * keys whose hash is the engine's rule can be dealt out anew: not those of classes with a
     * {@code hashCode} of their own.
     *
     * @param maxParallelism of all operators; 0 for what it is
     * @throws MillraceException also {@code CHECKPOINT_INCOMPATIBLE} if keys cannot be dealt out,
     *     or an operator runs in more subtasks
     */
    public static TableSavepoint write(
            Manifest checkpoint, SegmentSource segments, Path directory, int maxParallelism) {
        return write(checkpoint, segments, directory, maxParallelism, TableTarget.FILE_BYTES);
    }

    /**
     * @param fileBytes a file of a keyed table has about so many bytes of the checkpoint
     */
    static TableSavepoint write(
            Manifest checkpoint,
            SegmentSource segments,
            Path directory,
            int maxParallelism,
            long fileBytes) {
        try {
            FileSystem files = directory.getFileSystem();
            Path qualified = directory.makeQualified(files);
            if (files.exists(qualified)) {
                throw new MillraceException(
                        ErrorCode.INVALID_OPTION,
                        "the savepoint is to go to "
                                + qualified
                                + ", where something is already. Name a directory that is not"
                                + " there.");
            }
            files.mkdirs(qualified);
            TableTarget target = new TableTarget(files, qualified, fileBytes, SnapshotPace.FULL);
            try (PortableCheckpoint portable = PortableCheckpoint.of(checkpoint, segments)) {
                List<Operator> operators =
                        new OperatorTables(
                                        portable.manifest(),
                                        portable.segments(),
                                        target,
                                        maxParallelism)
                                .write();
                ManifestFile.write(files, qualified, SavepointManifest.of(checkpoint, operators));
            }
            return TableSavepoint.open(qualified);
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "write the savepoint");
        }
    }
}
