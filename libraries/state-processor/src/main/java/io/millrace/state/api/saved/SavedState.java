package io.millrace.state.api.saved;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.SavepointFormats;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.plan.JobId;
import java.util.stream.Collectors;

/**
 * A savepoint or a retained checkpoint on storage, of its own files or of tables. Thread-safe.
 *
 * @param path as it was given
 * @param manifest its files are named absolutely
 * @param segments reads the files
 */
public record SavedState(String path, Manifest manifest, SegmentSource segments) {
    /**
     * @param path of a savepoint, of a retained checkpoint, or of a job's directory of checkpoints
     *     for its newest
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND}, {@code CHECKPOINT_FILE_CORRUPT},
     *     {@code CHECKPOINT_INCOMPATIBLE}; of the file system
     */
    public static SavedState open(String path) {
        Path at = new Path(path);
        Manifest manifest =
                SavepointFormats.ofEngine()
                        .read(at)
                        .orElseGet(() -> SavedCheckpoint.find(at).readForAnyJob());
        CheckpointDirectory directory = CheckpointDirectory.of(at, new JobId(manifest.jobId()));
        return new SavedState(
                path, manifest, new StoredSegments(directory, LocalCopies.NONE, manifest.files()));
    }

    /** Whether there is an operator of this id. */
    public boolean has(String id) {
        return manifest.operators().stream().anyMatch(entry -> entry.id().equals(id));
    }

    /**
     * The operator of a uid or uid hash.
     *
     * @throws MillraceException {@code PROGRAM_INVALID} naming those that there are
     */
    public SavedOperator operator(String id) {
        return manifest.operators().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .map(entry -> new SavedOperator(this, entry))
                .orElseThrow(() -> unknown(id));
    }

    private MillraceException unknown(String id) {
        String known =
                manifest.operators().stream()
                        .map(SavedState::described)
                        .collect(Collectors.joining(", "));
        return new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                "the savepoint "
                        + path
                        + " has no operator with the uid '"
                        + id
                        + "'. It has "
                        + (known.isEmpty() ? "none" : known)
                        + ".");
    }

    private static String described(OperatorEntry entry) {
        return "'" + entry.id() + "' (" + entry.name() + ")";
    }
}
