package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.connector.parquet.ParquetRowGroups.Rows;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.Part;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** A savepoint of tables on storage, which may have been moved there. Immutable. */
public final class TableSavepoint {
    /** Name of the file with which a savepoint of tables exists. */
    public static final String MANIFEST = TablePaths.MANIFEST;

    private static final int BUFFER_BYTES = 1 << 20;

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
        List<String> damages = new ArrayList<>();
        long bytes = 0;
        int count = 0;
        for (StoredTable file : storedFiles()) {
            try {
                bytes += verify(file, damages);
            } catch (FileNotFoundException | NoSuchFileException e) {
                damages.add(file.path() + " is missing");
            } catch (IOException e) {
                damages.add(file.path() + " cannot be read: " + e.getMessage());
            }
            count++;
        }
        return new Verified(count, bytes, List.copyOf(damages));
    }

    private List<StoredTable> storedFiles() {
        return manifest.operators().stream()
                .flatMap(operator -> operator.tables().stream())
                .flatMap(table -> table.files().stream())
                .toList();
    }

    private long verify(StoredTable file, List<String> damages) throws IOException {
        CRC32C all = new CRC32C();
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, file.length() + 1)];
        long length = 0;
        try (FSDataInputStream in = files.open(new Path(path, file.path()))) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                all.update(buffer, 0, count);
                length += count;
            }
        }
        String found = Crc.text((int) all.getValue());
        if (length != file.length()) {
            damages.add(
                    file.path() + " has " + length + " bytes, the manifest says " + file.length());
        } else if (!found.equals(file.crc32c())) {
            damages.add(
                    file.path()
                            + " has the checksum "
                            + found
                            + ", "
                            + file.crc32c()
                            + " was written");
        }
        return length;
    }

    /**
     * The savepoint as a checkpoint whose segments are row groups: {@link SavepointSegments} reads
     * them.
     *
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}; of the file system
     */
    public Manifest toCheckpoint() {
        List<OperatorEntry> operators = new ArrayList<>();
        List<EnumeratorEntry> positions = new ArrayList<>();
        List<CommittableEntry> prepared = new ArrayList<>();
        List<StoredFile> stored = new ArrayList<>();
        try {
            for (Operator operator : manifest.operators()) {
                operators.add(operator(operator, stored));
                for (Table table : operator.tables()) {
                    if (table.kind() == Kind.ENUMERATOR) {
                        positions.addAll(positions(operator, table));
                    } else if (table.kind() == Kind.COMMITTABLES) {
                        prepared.addAll(prepared(operator, table));
                    }
                }
            }
        } catch (IOException e) {
            throw FileErrors.of(e, path, "read the savepoint");
        }
        return new Manifest(
                manifest.jobId(),
                manifest.jobName(),
                manifest.epoch(),
                manifest.checkpointId(),
                manifest.triggeredAtMs(),
                CheckpointKind.FULL,
                operators,
                positions,
                prepared,
                stored);
    }

    private OperatorEntry operator(Operator operator, List<StoredFile> stored) {
        List<List<StatePart>> parts = new ArrayList<>();
        List<List<StatePart>> channels = new ArrayList<>();
        for (int i = 0; i < operator.parallelism(); i++) {
            parts.add(new ArrayList<>());
            channels.add(new ArrayList<>());
        }
        for (Table table : operator.tables()) {
            if (table.kind() == Kind.ENUMERATOR || table.kind() == Kind.COMMITTABLES) {
                continue;
            }
            for (StoredTable file : table.files()) {
                stored.add(new StoredFile(name(file), file.length()));
            }
            if (table.parts() == null) {
                parts.get(0).add(keyed(operator, table));
                continue;
            }
            Iterator<Piece> pieces = pieces(table).iterator();
            for (Part part : table.parts()) {
                List<List<StatePart>> target = table.kind() == Kind.CHANNEL ? channels : parts;
                target.get(part.subtask()).add(part(table, part, pieces));
            }
        }
        List<SubtaskEntry> subtasks = new ArrayList<>();
        for (int i = 0; i < operator.parallelism(); i++) {
            subtasks.add(
                    new SubtaskEntry(
                            operator.finishedSubtasks().contains(i),
                            parts.get(i),
                            channels.get(i)));
        }
        return new OperatorEntry(
                operator.uid(),
                operator.name(),
                operator.parallelism(),
                operator.maxParallelism(),
                subtasks);
    }

    private String name(StoredTable file) {
        return SavepointSegments.name(new Path(path, file.path()), file);
    }

    /** All row groups as pieces, in order. */
    private List<Piece> pieces(Table table) {
        List<Piece> pieces = new ArrayList<>();
        for (StoredTable file : table.files()) {
            for (RowGroup group : file.rowGroups()) {
                pieces.add(
                        new Piece.Stored(
                                new SegmentRef(
                                        name(file),
                                        group.offset(),
                                        group.length(),
                                        Crc.parse(group.crc32c())),
                                group.firstKeyGroup(),
                                group.lastKeyGroup()));
            }
        }
        return pieces;
    }

    private StatePart keyed(Operator operator, Table table) {
        return new StatePart(
                StatePart.Kind.valueOf(table.kind().name()),
                table.name(),
                table.form(),
                0,
                operator.maxParallelism() - 1,
                0,
                Base64.getDecoder().decode(table.description()),
                pieces(table));
    }

    private StatePart part(Table table, Part part, Iterator<Piece> pieces) {
        List<Piece> own = new ArrayList<>();
        for (int i = 0; i < part.rowGroups(); i++) {
            if (!pieces.hasNext()) {
                throw TableInput.damaged(
                        path, "'" + table.name() + "' has fewer row groups than its parts");
            }
            Piece.Stored piece = (Piece.Stored) pieces.next();
            // Of records on their way, as they were: those of a channel may be about key groups.
            boolean keyed = part.lastKeyGroup() >= 0;
            own.add(
                    keyed
                            ? new Piece.Stored(
                                    piece.segment(), part.firstKeyGroup(), part.lastKeyGroup())
                            : piece);
        }
        return new StatePart(
                StatePart.Kind.valueOf(table.kind().name()),
                table.name(),
                table.form(),
                part.firstKeyGroup(),
                part.lastKeyGroup(),
                part.items(),
                Base64.getDecoder().decode(table.description()),
                own);
    }

    private List<Object[]> rows(Table table, TableLayout layout) throws IOException {
        List<Object[]> all = new ArrayList<>();
        for (StoredTable file : table.files()) {
            TableInput input =
                    TableInput.open(
                            new Path(path, file.path()),
                            file.length(),
                            file.tailOffset(),
                            Crc.parse(file.tailCrc32c()));
            for (RowGroup group : file.rowGroups()) {
                Rows<Object[]> rows =
                        input.rows(
                                layout, group.offset(), group.length(), Crc.parse(group.crc32c()));
                for (Object[] row = rows.next(); row != null; row = rows.next()) {
                    all.add(row);
                }
            }
        }
        return all;
    }

    private List<EnumeratorEntry> positions(Operator operator, Table table) throws IOException {
        return rows(table, TableLayout.enumerator()).stream()
                .map(row -> new EnumeratorEntry(operator.uid(), (Integer) row[0], (byte[]) row[1]))
                .toList();
    }

    private List<CommittableEntry> prepared(Operator operator, Table table) throws IOException {
        Map<List<Object>, List<byte[]>> together = new LinkedHashMap<>();
        for (Object[] row : rows(table, TableLayout.committables())) {
            together.computeIfAbsent(List.of(row[0], row[1], row[2]), key -> new ArrayList<>())
                    .add((byte[]) row[3]);
        }
        List<CommittableEntry> entries = new ArrayList<>();
        // Where the sink is in the job's graph is found by its uid.
        together.forEach(
                (key, committables) ->
                        entries.add(
                                new CommittableEntry(
                                        operator.uid(),
                                        new OperatorCommittables(
                                                0,
                                                0,
                                                (Integer) key.get(0),
                                                (Long) key.get(1),
                                                (Integer) key.get(2),
                                                committables))));
        return entries;
    }
}
