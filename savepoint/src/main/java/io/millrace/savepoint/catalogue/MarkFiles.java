package io.millrace.savepoint.catalogue;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.savepoint.TableSavepoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;

/**
 * Sets and takes away the marks of one savepoint or checkpoint. Immutable; every change is one file
 * that is made or removed, so that two who do it at a time do not undo one another.
 */
public final class MarkFiles {
    private static final byte[] TEXT =
            "Written by 'millrace savepoint'; docs/savepoints.md says what it means.\n"
                    .getBytes(StandardCharsets.UTF_8);

    private final FileSystem files;
    private final Path manifest;

    private MarkFiles(FileSystem files, Path manifest) {
        this.files = files;
        this.manifest = manifest;
    }

    /**
     * @param path of a savepoint, native or of tables, of a checkpoint, or of a job's directory for
     *     its newest complete checkpoint
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND} if it is none that is complete; of the
     *     file system
     */
    public static MarkFiles of(Path path) {
        try {
            if (TableSavepoint.isAt(path)) {
                Path manifest = TableSavepoint.open(path).manifest();
                return new MarkFiles(manifest.getFileSystem(), manifest);
            }
            SavedCheckpoint found = SavedCheckpoint.find(path);
            found.read();
            return new MarkFiles(found.directory().files(), found.manifest());
        } catch (IOException e) {
            throw FileErrors.of(e, path, "look for a savepoint");
        }
    }

    /** The manifest that the marks lie beside. */
    public Path manifest() {
        return manifest;
    }

    public Marks read() {
        try {
            return Marks.of(
                    manifest.getName(),
                    Arrays.stream(files.listStatus(manifest.getParent()))
                            .map(FileStatus::getPath)
                            .map(Path::getName)
                            .toList());
        } catch (IOException e) {
            throw FileErrors.of(e, manifest, "read the marks of a savepoint");
        }
    }

    /** Does nothing if it is pinned. */
    public void pin() {
        make(Marks.pin(manifest.getName()));
    }

    /** Does nothing if it is not pinned. */
    public void unpin() {
        remove(Marks.pin(manifest.getName()));
    }

    /**
     * Does nothing if it has the tag.
     *
     * @throws MillraceException {@code INVALID_OPTION} if it cannot be a tag
     */
    public void tag(String tag) {
        make(Marks.tag(manifest.getName(), requireTag(tag)));
    }

    /** Does nothing if it has no such tag. */
    public void untag(String tag) {
        remove(Marks.tag(manifest.getName(), requireTag(tag)));
    }

    private static String requireTag(String tag) {
        if (!Marks.isTag(tag)) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "'"
                            + tag
                            + "' cannot be a tag: write up to 64 of the letters a to z and A to Z,"
                            + " digits, '_', '-' and '.', not beginning with one of the last two.");
        }
        return tag;
    }

    private void make(String name) {
        Path path = new Path(manifest.getParent(), name);
        try (FSDataOutputStream out = files.createDurable(path)) {
            out.write(TEXT);
        } catch (FileAlreadyExistsException e) {
            return; // it is what was wanted
        } catch (IOException e) {
            throw FileErrors.of(e, path, "mark the savepoint");
        }
    }

    private void remove(String name) {
        Path path = new Path(manifest.getParent(), name);
        try {
            files.delete(path, false);
        } catch (IOException e) {
            throw FileErrors.of(e, path, "take a mark from the savepoint");
        }
    }
}
