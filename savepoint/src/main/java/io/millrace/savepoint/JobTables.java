package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.SavepointTables;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.checkpoint.WorkerTables;
import io.millrace.runtime.plan.JobId;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Savepoints of tables that a running job writes. Found by the service loader. Thread-safe.
 *
 * <p>What a worker tells of its share is a {@link TableShare}. Broadcast state that several workers
 * have written is kept once.
 */
public final class JobTables implements SavepointTables {
    private static final Logger LOG = LoggerFactory.getLogger(JobTables.class);

    /** Of a source that was somewhere. */
    private static final Manifest SMALLEST =
            new Manifest(
                    "0".repeat(32),
                    "trial",
                    1,
                    1,
                    0,
                    CheckpointKind.SAVEPOINT,
                    List.of(new OperatorEntry("trial", "trial", 1, 1, List.of())),
                    List.of(new EnumeratorEntry("trial", 1, new byte[1])),
                    List.of(),
                    List.of());

    private final long fileBytes;

    public JobTables() {
        this(TableTarget.FILE_BYTES);
    }

    /**
     * @param fileBytes a file of a keyed table is made of about so many bytes
     */
    JobTables(long fileBytes) {
        this.fileBytes = fileBytes;
    }

    @Override
    public WorkerTables begin(Path directory, SnapshotPace pace) throws IOException {
        FileSystem files = directory.getFileSystem();
        return new TablesOfWorker(
                new TableTarget(files, directory.makeQualified(files), fileBytes, pace));
    }

    @Override
    public void remove(byte[] written, Path directory) {
        List<String> paths =
                storedFiles(TableShare.parse(written, "a worker").tables().operators()).stream()
                        .map(StoredTable::path)
                        .toList();
        try {
            FileSystem files = directory.getFileSystem();
            TableRemoval.remove(files, directory.makeQualified(files), paths);
        } catch (IOException e) {
            LOG.warn("Tables of a failed savepoint stay. path={}", directory, e);
        }
    }

    @Override
    public void prepare() {
        try {
            Path aside = new Path(Files.createTempDirectory("millrace-tables-").toUri());
            try {
                trial(aside);
            } finally {
                aside.getFileSystem().delete(aside, true);
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.debug("The end of savepoints could not be prepared.", e);
        }
    }

    /** Does what ends a savepoint but for its manifest's file; gives what was read again. */
    TableShare trial(Path directory) throws IOException {
        TableTarget target =
                new TableTarget(directory.getFileSystem(), directory, fileBytes, SnapshotPace.FULL);
        SavepointManifest tables = SavepointManifest.of(SMALLEST, finish(SMALLEST, target));
        return TableShare.parse(new TableShare(tables, List.of()).toBytes(), "a trial");
    }

    @Override
    public long finish(Manifest whole, Path directory) {
        try {
            FileSystem files = directory.getFileSystem();
            TableTarget target =
                    new TableTarget(
                            files, directory.makeQualified(files), fileBytes, SnapshotPace.FULL);
            List<Operator> operators = finish(whole, target);
            ManifestFile.write(files, target.directory(), SavepointManifest.of(whole, operators));
            FaultPoint.SAVEPOINT_DURABLE.hit();
            return storedFiles(operators).stream().mapToLong(StoredTable::length).sum();
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "store the tables of a savepoint");
        }
    }

    private static List<Operator> finish(Manifest whole, TableTarget target) throws IOException {
        List<TableShare> shares = new ArrayList<>();
        List<StoredFile> segments = new ArrayList<>();
        for (StoredFile file : whole.files()) {
            if (TableShare.isOne(file)) {
                shares.add(TableShare.parse(file.content(), file.file()));
            } else {
                segments.add(file);
            }
        }
        for (TableShare share : shares) {
            for (StoredTable file : storedFiles(share.tables().operators())) {
                requireWhole(file, target);
            }
        }
        OperatorTables rest =
                new OperatorTables(
                        whole,
                        new StoredSegments(
                                CheckpointDirectory.of(
                                        target.directory(), new JobId(whole.jobId())),
                                LocalCopies.NONE,
                                segments),
                        target,
                        0);
        List<Operator> operators = new ArrayList<>();
        for (OperatorEntry entry : whole.operators()) {
            List<Table> needless = BroadcastCopies.needless(entry.id(), shares);
            TableRemoval.remove(
                    target.files(), target.directory(), BroadcastCopies.paths(needless));
            List<Table> shared =
                    shares.stream()
                            .flatMap(share -> share.tables().operators().stream())
                            .filter(operator -> operator.uid().equals(entry.id()))
                            .flatMap(operator -> operator.tables().stream())
                            .filter(table -> !needless.contains(table))
                            .toList();
            MergedTables merged =
                    new MergedTables(
                            entry.id(),
                            shared,
                            TableState.of(entry).stream().map(TableState::identity).toList());
            merged.settle(target);
            operators.add(merged.with(rest.write(entry, merged.identities())));
        }
        return operators;
    }

    private static void requireWhole(StoredTable file, TableTarget target) throws IOException {
        Path path = new Path(target.directory(), file.path());
        long length;
        try {
            length = target.files().getFileStatus(path).getLen();
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw gone(path + " is missing, which a worker wrote a moment ago", e);
        }
        if (length != file.length()) {
            throw gone(
                    path + " has " + length + " bytes, " + file.length() + " were written", null);
        }
    }

    private static MillraceException gone(String what, Throwable cause) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                what
                        + ". See who deletes or changes files there, and take the savepoint"
                        + " again.",
                cause);
    }

    private static List<StoredTable> storedFiles(List<Operator> operators) {
        return operators.stream()
                .flatMap(operator -> operator.tables().stream())
                .flatMap(table -> table.files().stream())
                .toList();
    }
}
