package io.millrace.rocks;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.state.KeyedBackendRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.SstFileWriter;
import org.rocksdb.Status;

/**
 * Makes a database out of the files of checkpoints. The part that has most of the key groups is
 * opened as it is, and what others own is cut off; of other parts the rows are copied into files
 * that the database takes over. Confined to one restore, on the task's thread.
 */
final class FilesRestore {
    private final KeyedBackendRequest request;
    private final SharedMemory memory;

    /**
     * A database with what was restored.
     *
     * @param tables several of one name if their forms differ
     * @param uploaded where the checkpoint has the files that the database still has
     */
    record Result(Database database, List<StoredTable> tables, UploadedFiles uploaded) {}

    FilesRestore(KeyedBackendRequest request, SharedMemory memory) {
        this.request = request;
        this.memory = memory;
    }

    /**
     * @param parts of the form {@value FilesForm#NAME}, also of key groups of others
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} naming the file, {@code
     *     STORAGE_FAILED} naming the directory
     */
    Result restore(List<RestoredPart> parts) throws IOException {
        List<StatePart> ours =
                parts.stream()
                        .map(RestoredPart::part)
                        .filter(part -> overlap(part) > 0)
                        .sorted(Comparator.comparingInt(this::overlap).reversed())
                        .toList();
        Path directory = request.directory().resolve("db");
        LinkedFiles.delete(directory);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw localDisk(directory, e);
        }
        if (ours.isEmpty()) {
            return new Result(make(directory), List.of(), UploadedFiles.NONE);
        }
        Result first = openPart(ours.get(0), directory);
        Database database = first.database();
        try {
            cutOff(ours.get(0), database, first.tables());
            List<StoredTable> tables = new ArrayList<>(first.tables());
            for (int i = 1; i < ours.size(); i++) {
                copy(ours.get(i), i, database, tables);
            }
            return new Result(database, tables, first.uploaded());
        } catch (IOException | RuntimeException e) {
            // The caller lets go of the memory, as if there had never been a database.
            memory.use();
            database.close();
            throw e;
        }
    }

    /** Key groups of the part that are ours. */
    private int overlap(StatePart part) {
        int first = Math.max(part.firstKeyGroup(), request.firstKeyGroup());
        int last = Math.min(part.lastKeyGroup(), request.lastKeyGroup());
        return last - first + 1;
    }

    private Result openPart(StatePart part, Path directory) throws IOException {
        FilesForm form = parse(part);
        Map<String, SegmentRef> uploaded = fetch(part, form, directory);
        List<String> families = form.tables().stream().map(StoredTable::family).toList();
        return new Result(open(directory, families), form.tables(), UploadedFiles.of(uploaded));
    }

    private FilesForm parse(StatePart part) {
        FilesForm form;
        try {
            form = FilesForm.parse(part.description());
        } catch (CorruptDataException e) {
            throw corrupt("its description cannot be read: " + e.getMessage(), e);
        }
        if (form.files().size() != part.pieces().size()) {
            throw corrupt(
                    "it has "
                            + part.pieces().size()
                            + " files, and describes "
                            + form.files().size(),
                    null);
        }
        return form;
    }

    /** Brings all files into a directory; returns where later checkpoints may refer to. */
    private Map<String, SegmentRef> fetch(StatePart part, FilesForm form, Path directory)
            throws IOException {
        Map<String, SegmentRef> uploaded = new HashMap<>();
        for (int i = 0; i < form.files().size(); i++) {
            FilesForm.StoredFile file = form.files().get(i);
            Path target = directory.resolve(file.name());
            Piece piece = part.pieces().get(i);
            long length;
            switch (piece.kind()) {
                case INLINE -> {
                    byte[] bytes = ((Piece.Inline) piece).bytes();
                    length = bytes.length;
                    write(target, bytes);
                }
                case STORED -> {
                    SegmentRef segment = ((Piece.Stored) piece).segment();
                    length = fetch(segment, target);
                    if (file.name().endsWith(".sst")
                            && !segment.file().startsWith("/")
                            && !segment.file().contains(":")) {
                        uploaded.put(file.name(), segment);
                    }
                }
                default -> throw new AssertionError(piece);
            }
            if (length != file.length()) {
                throw corrupt(
                        "its file "
                                + file.name()
                                + " has "
                                + length
                                + " bytes, and is described with "
                                + file.length(),
                        null);
            }
        }
        return uploaded;
    }

    private void write(Path target, byte[] bytes) {
        try {
            Files.write(target, bytes);
        } catch (IOException e) {
            throw localDisk(target, e);
        }
    }

    /** Returns how many bytes its content has. */
    private long fetch(SegmentRef segment, Path target) throws IOException {
        // To the end: only then is it known that these are the bytes that were written.
        try (InputStream in = request.segments().open(segment)) {
            return Files.copy(in, target);
        }
    }

    private Database make(Path directory) {
        try {
            return Database.make(directory, memory);
        } catch (RocksDBException e) {
            throw Database.failed("making the database", directory, e);
        }
    }

    private Database open(Path directory, List<String> families) {
        try {
            return Database.open(directory, families, memory);
        } catch (RocksDBException e) {
            throw unreadable(directory, e);
        }
    }

    /** Removes the rows of key groups that are not ours. */
    private void cutOff(StatePart part, Database database, List<StoredTable> tables) {
        BatchBuilder batch = new BatchBuilder(1024);
        for (StoredTable table : tables) {
            ColumnFamilyHandle handle = database.table(table.family());
            if (part.firstKeyGroup() < request.firstKeyGroup()) {
                cutOff(database, handle, part.firstKeyGroup(), request.firstKeyGroup(), batch);
            }
            if (part.lastKeyGroup() > request.lastKeyGroup()) {
                cutOff(
                        database,
                        handle,
                        request.lastKeyGroup() + 1,
                        part.lastKeyGroup() + 1,
                        batch);
            }
        }
        database.write(batch);
    }

    private static void cutOff(
            Database database,
            ColumnFamilyHandle table,
            int fromGroup,
            int toGroup,
            BatchBuilder batch) {
        byte[] from = TableCodec.groupStart(fromGroup);
        byte[] to = TableCodec.groupStart(toGroup);
        // Whole files at once; what is left in files with others' rows is marked as removed.
        database.deleteFiles(table, from, to);
        batch.removeRange(table.getID(), from, to);
    }

    /** Copies our rows of another part. */
    private void copy(StatePart part, int number, Database database, List<StoredTable> tables)
            throws IOException {
        FilesForm form = parse(part);
        Path directory = request.directory().resolve("restore-" + number);
        LinkedFiles.delete(directory);
        try {
            Files.createDirectories(directory);
            fetch(part, form, directory);
            copy(form, directory, database, tables);
        } finally {
            LinkedFiles.delete(directory);
        }
    }

    private void copy(FilesForm form, Path directory, Database database, List<StoredTable> tables) {
        List<String> families = form.tables().stream().map(StoredTable::family).toList();
        memory.use();
        Database other;
        try {
            other = Database.openToRead(directory, families, memory);
        } catch (RocksDBException e) {
            memory.release();
            throw unreadable(directory, e);
        }
        try (other) {
            for (StoredTable table : form.tables()) {
                StoredTable into = counterpart(table, database, tables);
                copy(other, table, database, into, directory);
            }
        }
    }

    /** The table of the same name and form; made if there is none. */
    private static StoredTable counterpart(
            StoredTable table, Database database, List<StoredTable> tables) {
        for (StoredTable known : tables) {
            if (known.name().equals(table.name()) && known.form().equals(table.form())) {
                return known;
            }
        }
        String family = table.family();
        for (int i = 0; database.table(family) != null; i++) {
            family = table.name() + "/" + i;
        }
        database.createTable(family);
        StoredTable made = new StoredTable(table.name(), family, table.form());
        tables.add(made);
        return made;
    }

    private void copy(
            Database from, StoredTable table, Database to, StoredTable into, Path directory) {
        byte[] end = TableCodec.groupStart(request.lastKeyGroup() + 1);
        Path file = directory.resolve("copy-" + into.family().replace('/', '-') + ".copied");
        try (Slice upper = new Slice(end);
                ReadOptions how =
                        new ReadOptions().setIterateUpperBound(upper).setFillCache(false);
                RocksIterator rows = from.iterator(from.table(table.family()), how)) {
            rows.seek(TableCodec.groupStart(request.firstKeyGroup()));
            if (rows.isValid()) {
                writeFile(rows, file, to);
                rows.status();
                to.ingest(to.table(into.family()), file);
            } else {
                rows.status();
            }
        } catch (RocksDBException e) {
            throw unreadable(directory, e);
        }
    }

    private static void writeFile(RocksIterator rows, Path file, Database to)
            throws RocksDBException {
        try (EnvOptions how = new EnvOptions();
                Options options = to.fileOptions();
                SstFileWriter out = new SstFileWriter(how, options)) {
            out.open(file.toString());
            for (; rows.isValid(); rows.next()) {
                out.put(rows.key(), rows.value());
            }
            out.finish();
        }
    }

    private MillraceException corrupt(String why, Throwable cause) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                "the keyed state of operator " + request.operator() + " is damaged: " + why,
                cause);
    }

    /** Files that were read in full are what was written, unless RocksDB finds otherwise. */
    private MillraceException unreadable(Path directory, RocksDBException e) {
        Status.Code code = e.getStatus() == null ? null : e.getStatus().getCode();
        return switch (code == null ? Status.Code.Undefined : code) {
            case Corruption, InvalidArgument, NotFound -> corrupt(e.getMessage(), e);
            // All files of the description were brought here, so it does not name them all.
            case IOError ->
                    e.getMessage().contains("No such file")
                            ? corrupt(e.getMessage(), e)
                            : Database.failed("opening the database", directory, e);
            default -> Database.failed("opening the database", directory, e);
        };
    }

    private static MillraceException localDisk(Path path, IOException e) {
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                "the local disk cannot be written at "
                        + path
                        + ": "
                        + e
                        + ". See whether it is full, read-only or broken.",
                e);
    }
}
