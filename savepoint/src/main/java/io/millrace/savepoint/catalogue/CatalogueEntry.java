package io.millrace.savepoint.catalogue;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.savepoint.TableSavepoint;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A savepoint or checkpoint that was found. Immutable.
 *
 * @param path of the savepoint, or of the checkpoint's directory
 * @param jobId as hexadecimal digits; empty if it is not known
 * @param jobName empty if it is not known
 * @param triggeredAtMs milliseconds since the epoch; 0 if it is not known
 * @param bytes of the files that its manifest names, and what lies in the manifest; 0 if there is
 *     none
 * @param modifiedAtMs of its newest file, milliseconds since the epoch; 0 where it was not asked
 * @param problem what is wrong; empty if nothing is
 * @param content what its manifest says; null unless it is complete
 */
public record CatalogueEntry(
        Form form,
        State state,
        Path path,
        String jobId,
        String jobName,
        long epoch,
        long checkpointId,
        long triggeredAtMs,
        long bytes,
        int operators,
        Marks marks,
        long modifiedAtMs,
        String problem,
        Content content) {

    /** What it is written as. */
    public enum Form {
        /** A savepoint of tables. */
        TABLES,
        /** A savepoint as a job writes it. */
        NATIVE,
        /** A checkpoint that its job has retained. */
        CHECKPOINT
    }

    /** How far it came. */
    public enum State {
        COMPLETE,
        /** There is no manifest: it is being written, or was given up. */
        UNFINISHED,
        /** Its manifest cannot be read. */
        DAMAGED
    }

    /** What a manifest says: one of the two is there. */
    record Content(TableSavepoint tables, SavedCheckpoint saved, Manifest manifest) {
        static Content of(TableSavepoint tables) {
            return new Content(tables, null, null);
        }

        static Content of(SavedCheckpoint saved, Manifest manifest) {
            return new Content(null, saved, manifest);
        }
    }

    public boolean isSavepoint() {
        return form != Form.CHECKPOINT;
    }

    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** What savepoints of one program have in common, also after it was started anew. */
    String job() {
        return jobName.isEmpty() ? jobId : jobName;
    }

    /** Of a savepoint its directory's name; of a checkpoint {@code <epoch>/<checkpoint id>}. */
    public String id() {
        return isSavepoint() ? path.getName() : epoch + "/" + checkpointId;
    }

    /**
     * The paths of all files that it needs, without scheme and authority, which are written in
     * several ways.
     *
     * @throws io.millrace.api.error.MillraceException {@code CHECKPOINT_FILE_CORRUPT} if a name
     *     cannot be that of a checkpoint's file
     */
    Set<String> files() {
        if (content == null) {
            return Set.of();
        }
        if (content.tables() != null) {
            return content.tables().files().stream()
                    .map(file -> new Path(path, file.path()).getPath())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        return content.manifest().files().stream()
                .filter(file -> !file.isInManifest())
                .map(file -> content.saved().directory().resolve(file.file()).getPath())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
