package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.Verification;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** A savepoint of tables on storage, which may have been moved there. Immutable. */
public final class TableSavepoint {
    /** Name of the file with which a savepoint of tables exists. */
    public static final String MANIFEST = TablePaths.MANIFEST;

    /** So much JSON describes more tables than any job has. */
    private static final int MAX_MANIFEST_BYTES = 256 << 20;

    private final FileSystem files;
    private final Path path;
    private final SavepointManifest manifest;

    private TableSavepoint(FileSystem files, Path path, SavepointManifest manifest) {
        this.files = files;
        this.path = path;
        this.manifest = manifest;
    }

    /** Reads the segments of {@link #toCheckpoint}. */
    public SegmentSource segments() {
        return new SavepointSegments();
    }

    /** What somebody wants to know of a table. */
    public record TableSummary(
            String uid,
            String operator,
            String kind,
            String name,
            long rows,
            long bytes,
            int files,
            String columns,
            List<String> warnings) {}

    /**
     * A file of a table.
     *
     * @param path relative to the savepoint's directory
     * @param length in bytes
     */
    public record File(String path, long length) {}

    /** What was found by reading all. */
    public record Verified(int files, long bytes, List<String> damages) {}

    /**
     * Whether there is a savepoint of this form; looks for its manifest. A path that is no
     * directory and not that of such a manifest has none, a checkpoint's manifest for instance.
     */
    public static boolean isAt(Path path) {
        try {
            FileSystem files = path.getFileSystem();
            if (path.getName().equals(TablePaths.MANIFEST)) {
                return files.exists(path);
            }
            // File systems differ in what they say of a path below a file.
            return files.getFileStatus(path).isDir() && files.exists(manifestOf(path));
        } catch (FileNotFoundException | NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw FileErrors.of(e, path, "look for a savepoint");
        }
    }

    /** Of a path that {@link #isAt} accepts: the savepoint's own, also if the manifest is named. */
    static Path directoryOf(Path path) {
        return path.getName().equals(TablePaths.MANIFEST) ? path.getParent() : path;
    }

    private static Path manifestOf(Path path) {
        return path.getName().equals(TablePaths.MANIFEST)
                ? path
                : new Path(path, TablePaths.MANIFEST);
    }

    /**
     * @param path of the directory, or of the manifest in it
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND}, {@code CHECKPOINT_FILE_CORRUPT},
     *     {@code CHECKPOINT_INCOMPATIBLE}; of the file system
     */
    public static TableSavepoint open(Path path) {
        try {
            FileSystem files = path.getFileSystem();
            Path at = manifestOf(path.makeQualified(files));
            byte[] bytes;
            try (FSDataInputStream in = files.open(at)) {
                bytes = in.readNBytes(MAX_MANIFEST_BYTES);
            }
            return new TableSavepoint(files, at.getParent(), ManifestJson.parse(bytes, at));
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_NOT_FOUND,
                    "there is no savepoint of tables at "
                            + path
                            + ": it has no "
                            + TablePaths.MANIFEST
                            + ", which is written last. If it is a native one or a checkpoint,"
                            + " 'millrace savepoint convert "
                            + path
                            + " DIR' makes tables of it.",
                    e);
        } catch (IOException e) {
            throw FileErrors.of(e, path, "read the savepoint");
        }
    }

    public Path path() {
        return path;
    }

    /** Where its manifest lies; a job may start from this path too. */
    public Path manifest() {
        return manifestOf(path);
    }

    public String jobId() {
        return manifest.jobId();
    }

    public String jobName() {
        return manifest.jobName();
    }

    public long epoch() {
        return manifest.epoch();
    }

    public long checkpointId() {
        return manifest.checkpointId();
    }

    /** Milliseconds since the epoch. */
    public long triggeredAtMs() {
        return manifest.triggeredAtMs();
    }

    public int version() {
        return manifest.version();
    }

    /** How many operators the job had, those without a table too. */
    public int operators() {
        return manifest.operators().size();
    }

    /** All files but the manifest. */
    public List<File> files() {
        return storedFiles().stream().map(file -> new File(file.path(), file.length())).toList();
    }

    /**
     * The same savepoint elsewhere: what this one's manifest says of the files in another
     * directory, whether that has a manifest or not.
     *
     * @throws MillraceException of the file system
     */
    public TableSavepoint movedTo(Path directory) {
        try {
            FileSystem there = directory.getFileSystem();
            return new TableSavepoint(there, directory.makeQualified(there), manifest);
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "look at the savepoint");
        }
    }

    public List<TableSummary> tables() {
        List<TableSummary> tables = new ArrayList<>();
        for (Operator operator : manifest.operators()) {
            for (Table table : operator.tables()) {
                tables.add(
                        new TableSummary(
                                operator.uid(),
                                operator.name(),
                                table.kind().name(),
                                table.name(),
                                table.rows(),
                                table.files().stream().mapToLong(StoredTable::length).sum(),
                                table.files().size(),
                                table.schema(),
                                table.warnings().stream()
                                        .map(each -> each.column() + ": " + each.reason())
                                        .toList()));
            }
        }
        return tables;
    }

    /**
     * The rows of one table.
     *
     * @param uid of the operator; null if only one has such a table
     * @param name of the state; null if there is only one table
     * @throws MillraceException {@code INVALID_OPTION} naming the tables that there are
     */
    public SavepointQuery query(String uid, String name) {
        return SavepointQuery.of(manifest, path, uid, name);
    }

    /**
     * Statements for Hive or Spark that make its tables external ones.
     *
     * <p>Tables without files are left out.
     */
    public String hiveTables() {
        HiveTables hive = new HiveTables();
        StringBuilder all = new StringBuilder();
        for (Operator operator : manifest.operators()) {
            for (Table table : operator.tables()) {
                if (!table.files().isEmpty()) {
                    String file = table.files().get(0).path();
                    String name = table.name().isEmpty() ? table.kind().name() : table.name();
                    all.append(
                            hive.create(
                                    operator.uid(),
                                    name,
                                    SavepointQuery.layoutOf(table),
                                    path + "/" + file.substring(0, file.lastIndexOf('/'))));
                }
            }
        }
        return all.toString();
    }

    /**
     * Reads every byte and holds it against the manifest.
     *
     * @throws MillraceException of the file system, unless a file is missing or too short
     */
    public Verified verify() {
        return verify(Verification.Pace.FULL);
    }

    /**
     * The same.
     *
     * @param pace told of each block that was read
     */
    public Verified verify(Verification.Pace pace) {
        return new TableVerification(files, path, pace).of(storedFiles());
    }

    private List<StoredTable> storedFiles() {
        return manifest.operators().stream()
                .flatMap(operator -> operator.tables().stream())
                .flatMap(table -> table.files().stream())
                .toList();
    }

    /**
     * The savepoint as a checkpoint whose segments are row groups: {@link SavepointSegments} reads
     * them.
     *
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}; of the file system
     */
    public Manifest toCheckpoint() {
        return new TablesAsCheckpoint(path, manifest).checkpoint();
    }
}
