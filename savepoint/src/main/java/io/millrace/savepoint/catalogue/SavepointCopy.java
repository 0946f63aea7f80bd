package io.millrace.savepoint.catalogue;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.Verification;
import io.millrace.savepoint.TableSavepoint;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Copies a savepoint or checkpoint, also to another file system: its files, then all of them read
 * again where they are now, then the manifest, with which the copy exists. Confined to one command.
 *
 * <p>A copy that was broken off is continued by the same copy: files that are there whole are not
 * copied again. Pins and tags are not copied: they are about the place.
 */
/* While a copy is made its directory has the file MARKER, which says of what. Each file is written
 * aside and renamed, so that a file at its place was closed; that it is right is seen when all are
 * read. The marker goes after the manifest has come. */
public final class SavepointCopy {
    static final String MARKER = "_copy-of";

    private static final String ASIDE = ".copying";
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path source;
    private final Path target;
    private final FileSystem files; // of the target
    private final Progress progress;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long copiedBytes;
    private long totalBytes;

    private SavepointCopy(Path source, Path target, FileSystem files, Progress progress) {
        this.source = source;
        this.target = target;
        this.files = files;
        this.progress = progress;
    }

    /** Told how far a copy is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param step what is being done: {@code copying} or {@code reading again}
         * @param bytes so far
         * @param totalBytes of all files
         */
        void at(String step, long bytes, long totalBytes);
    }

    /**
     * What was made.
     *
     * @param path of the copy
     * @param skipped files that were there from an earlier try
     */
    public record Copied(Path path, int files, int skipped, long bytes) {}

    /** A file: where it is and where it is to be, below the copy's directory. */
    private record Item(Path from, String to, long length) {}

    /**
     * @param source a savepoint of either form, a checkpoint, or a job's directory for its newest
     *     complete checkpoint
     * @param target directory of the copy; must not be there, but for what the same copy has left
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND}; {@code INVALID_OPTION} if something
     *     else is at the target; {@code CHECKPOINT_INCOMPATIBLE} if it needs files of other jobs;
     *     {@code CHECKPOINT_FILE_CORRUPT} if a file is not what was written, of the source or of
     *     the copy; of the file systems. There is no manifest then
     */
    public static Copied copy(Path source, Path target, Progress progress) {
        try {
            FileSystem files = target.getFileSystem();
            Path qualified = target.makeQualified(files);
            return TableSavepoint.isAt(source)
                    ? ofTables(TableSavepoint.open(source), qualified, files, progress)
                    : ofCheckpoint(SavedCheckpoint.find(source), qualified, files, progress);
        } catch (IOException e) {
            throw FileErrors.of(e, target, "copy the savepoint");
        }
    }

    private static Copied ofTables(
            TableSavepoint source, Path target, FileSystem files, Progress progress)
            throws IOException {
        SavepointCopy copy = new SavepointCopy(source.path(), target, files, progress);
        byte[] manifest = copy.bytes(source.manifest());
        List<Item> items = new ArrayList<>();
        for (TableSavepoint.File file : source.files()) {
            items.add(new Item(new Path(source.path(), file.path()), file.path(), file.length()));
        }
        return copy.run(
                items,
                manifest,
                TableSavepoint.MANIFEST,
                () -> source.movedTo(target).verify().damages());
    }

    private static Copied ofCheckpoint(
            SavedCheckpoint source, Path target, FileSystem files, Progress progress)
            throws IOException {
        Manifest manifest = source.read();
        requireOwnFiles(source, manifest);
        SavepointCopy copy = new SavepointCopy(source.path(), target, files, progress);
        byte[] bytes = copy.bytes(source.manifest());
        String job = manifest.jobId() + "/";
        List<Item> items = new ArrayList<>();
        for (StoredFile file : manifest.files()) {
            if (!file.isInManifest()) {
                items.add(
                        new Item(
                                source.directory().resolve(file.file()),
                                job + file.file(),
                                file.length()));
            }
        }
        CheckpointDirectory place =
                new CheckpointDirectory(files, target, source.directory().jobId());
        return copy.run(
                items,
                bytes,
                job
                        + source.epoch()
                        + "/"
                        + source.checkpointId()
                        + "/"
                        + source.manifest().getName(),
                () -> Verification.of(place, manifest, Verification.Pace.FULL).damages());
    }

    private static void requireOwnFiles(SavedCheckpoint source, Manifest manifest) {
        if (!manifest.standsAlone()) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    "checkpoint "
                            + source.path()
                            + " needs files of another job, which a copy would still need where they"
                            + " are. 'millrace savepoint convert "
                            + source.path()
                            + " DIR' writes a savepoint that needs nothing else.");
        }
    }

    /** What is wrong with the files of the copy. */
    private interface Check {
        List<String> damages();
    }

    private Copied run(List<Item> items, byte[] manifest, String manifestAt, Check check)
            throws IOException {
        totalBytes = items.stream().mapToLong(Item::length).sum();
        begin(manifest);
        int skipped = 0;
        for (Item item : items) {
            if (isThere(item)) {
                skipped++;
                copiedBytes += item.length();
            } else {
                copy(item);
            }
        }
        progress.at("reading again", 0, totalBytes);
        List<String> damages = check.damages();
        if (!damages.isEmpty()) {
            throw damaged(items, damages);
        }
        progress.at("reading again", totalBytes, totalBytes);
        Path place = new Path(target, manifestAt);
        if (!files.exists(place)) {
            write(place.suffix(ASIDE), manifest);
            rename(place.suffix(ASIDE), place);
        }
        files.delete(new Path(target, MARKER), false);
        return new Copied(target, items.size(), skipped, totalBytes);
    }

    /** Makes the directory, or finds what the same copy has left in it. */
    private void begin(byte[] manifest) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(manifest);
        byte[] mark =
                (source + "\n" + Long.toHexString(crc.getValue()) + "\n")
                        .getBytes(StandardCharsets.UTF_8);
        if (!files.exists(target)) {
            files.mkdirs(target);
            mark(mark);
            return;
        }
        if (files.getFileStatus(target).isDir()) {
            FileStatus[] there = files.listStatus(target);
            if (there.length == 0
                    || there.length == 1 && there[0].getPath().getName().equals(MARKER + ASIDE)) {
                mark(mark);
                return;
            }
            if (Arrays.equals(markThatIsThere(), mark)) {
                return;
            }
        }
        throw new MillraceException(
                ErrorCode.INVALID_OPTION,
                "the copy is to go to "
                        + target
                        + ", where something else is already. Name a directory that is not there.");
    }

    private void mark(byte[] mark) throws IOException {
        Path marker = new Path(target, MARKER);
        write(marker.suffix(ASIDE), mark);
        rename(marker.suffix(ASIDE), marker);
    }

    private byte[] markThatIsThere() throws IOException {
        try {
            return bytes(new Path(target, MARKER));
        } catch (FileNotFoundException | NoSuchFileException e) {
            return new byte[0];
        }
    }

    private boolean isThere(Item item) throws IOException {
        try {
            return files.getFileStatus(new Path(target, item.to())).getLen() == item.length();
        } catch (FileNotFoundException | NoSuchFileException e) {
            return false;
        }
    }

    private void copy(Item item) throws IOException {
        Path place = new Path(target, item.to());
        Path aside = place.suffix(ASIDE);
        files.delete(aside, false);
        files.delete(place, false); // of another length
        long length = 0;
        try (FSDataInputStream in = item.from().getFileSystem().open(item.from());
                FSDataOutputStream out = files.createDurable(aside)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                length += count;
                copiedBytes += count;
                progress.at("copying", copiedBytes, totalBytes);
            }
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw corrupt(item.from() + " is missing", e);
        }
        if (length != item.length()) {
            throw corrupt(
                    item.from() + " has " + length + " bytes, the manifest says " + item.length(),
                    null);
        }
        rename(aside, place);
    }

    private void rename(Path aside, Path place) throws IOException {
        if (!files.rename(aside, place)) {
            throw new IOException(aside + " cannot be renamed to " + place.getName());
        }
    }

    private MillraceException corrupt(String what, IOException cause) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                what
                        + ": the savepoint "
                        + source
                        + " is damaged and was not copied. Copy another one, and remove "
                        + target
                        + ".",
                cause);
    }

    /** Removes the files, so that the next try copies them anew. */
    private MillraceException damaged(List<Item> items, List<String> damages) throws IOException {
        for (Item item : items) {
            files.delete(new Path(target, item.to()), false);
        }
        return new MillraceException(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                "the copy of "
                        + source
                        + " is not what was written, and was given up: "
                        + String.join("; ", damages)
                        + ". If 'verify' of "
                        + source
                        + " finds nothing, copy it again.");
    }

    private void write(Path path, byte[] bytes) throws IOException {
        files.delete(path, false);
        try (FSDataOutputStream out = files.createDurable(path)) {
            out.write(bytes);
        }
    }

    private byte[] bytes(Path path) throws IOException {
        try (FSDataInputStream in = path.getFileSystem().open(path)) {
            return in.readAllBytes();
        }
    }
}
