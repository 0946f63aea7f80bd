package io.millrace.savepoint.catalogue;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import io.millrace.runtime.checkpoint.JobCheckpoints.Entry;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.savepoint.TableSavepoint;
import io.millrace.savepoint.catalogue.CatalogueEntry.Content;
import io.millrace.savepoint.catalogue.CatalogueEntry.Form;
import io.millrace.savepoint.catalogue.CatalogueEntry.State;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * All savepoints and retained checkpoints below a directory. Immutable. Reads manifests and lists
 * directories, nothing else; what belongs to nobody known is passed over.
 */
public final class Catalogue {
    /** Deeper than anybody keeps savepoints; links that lead in a circle end here. */
    private static final int MAX_DEPTH = 12;

    private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");

    /** Says whose the checkpoints of a job are, also when it cannot be read. */
    private static final String OWNER = "job";

    /** Of what is written as tables and has no manifest yet. */
    private static final String TABLES_OF = "op=";

    private final FileSystem files;
    private final List<CatalogueEntry> entries = new ArrayList<>();
    private final List<JobCheckpoints> jobs = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Catalogue(FileSystem files) {
        this.files = files;
    }

    /**
     * @throws MillraceException {@code PATH_NOT_FOUND} if there is no such directory; {@code
     *     PERMISSION_DENIED}, {@code STORAGE_FAILED}. A directory in it that may not be read is a
     *     problem, and no error
     */
    public static Catalogue below(Path directory) {
        try {
            FileSystem files = directory.getFileSystem();
            Path root = directory.makeQualified(files);
            Catalogue catalogue = new Catalogue(files);
            if (!files.getFileStatus(root).isDir()) {
                throw new MillraceException(
                        ErrorCode.INVALID_OPTION, root + " is a file. Name a directory.");
            }
            if (isJob(root)) {
                catalogue.checkpoints(JobCheckpoints.below(root).get(0));
            } else {
                catalogue.look(root, files.listStatus(root), 0);
            }
            catalogue.entries.sort(
                    Comparator.comparingLong(CatalogueEntry::triggeredAtMs)
                            .reversed()
                            .thenComparing(entry -> entry.path().toString()));
            return catalogue;
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "list savepoints");
        }
    }

    /**
     * The same; of one job's directory that of all its neighbours, which may need files of it.
     *
     * @throws MillraceException as {@link #below}
     */
    static Catalogue around(Path directory) {
        try {
            Path root = directory.makeQualified(directory.getFileSystem());
            return below(isJob(root) ? root.getParent() : root);
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "list savepoints");
        }
    }

    /** The newest first; those without a time last. */
    public List<CatalogueEntry> entries() {
        return List.copyOf(entries);
    }

    /** What could not be looked at, a sentence each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The directories of checkpoints of jobs, not those in savepoints. */
    List<JobCheckpoints> jobs() {
        return List.copyOf(jobs);
    }

    private void look(Path directory, FileStatus[] children, int depth) throws IOException {
        List<String> names = Arrays.stream(children).map(Catalogue::name).toList();
        if (names.contains(TableSavepoint.MANIFEST)) {
            entries.add(tables(directory, names));
            return;
        }
        if (depth > 0 && names.stream().anyMatch(Catalogue::isOfTables)) {
            entries.add(unfinished(Form.TABLES, directory, "", newest(directory, children)));
            return;
        }
        if (Arrays.stream(children).anyMatch(Catalogue::isJob)) {
            List<JobCheckpoints> found = JobCheckpoints.below(directory);
            if (found.size() == 1 && isSavepoint(found.get(0))) {
                entries.add(savepoint(directory, found.get(0)));
                return;
            }
            found.forEach(this::checkpoints);
        } else if (names.stream().anyMatch(name -> name.startsWith(SavepointCopy.MARKER))) {
            entries.add(unfinished(Form.NATIVE, directory, "", newest(directory, children)));
            return;
        }
        for (FileStatus child : children) {
            if (child.isDir() && !isJob(child) && !name(child).startsWith(".")) {
                lookInto(new Path(directory, name(child)), depth + 1);
            }
        }
    }

    private void lookInto(Path directory, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            problems.add(
                    "what is below "
                            + directory
                            + " was not looked at: it is more than "
                            + MAX_DEPTH
                            + " directories deep");
            return;
        }
        FileStatus[] children;
        try {
            children = files.listStatus(directory);
        } catch (AccessDeniedException e) {
            problems.add("you may not read " + directory + ": " + e.getMessage());
            return;
        }
        look(directory, children, depth);
    }

    private static String name(FileStatus status) {
        return status.getPath().getName();
    }

    private static boolean isJob(FileStatus status) {
        return status.isDir() && isJob(status.getPath());
    }

    static boolean isJob(Path path) {
        return JOB.matcher(path.getName()).matches();
    }

    static boolean isOfTables(String name) {
        return name.startsWith(TABLES_OF) || name.startsWith(TableSavepoint.MANIFEST);
    }

    /** Whether what lies directly in a savepoint's directory is the savepoint's. */
    static boolean isOfSavepoint(String name, String jobId) {
        return name.equals(jobId) || isOfTables(name) || name.startsWith(SavepointCopy.MARKER);
    }

    /** A directory of a job's own checkpoints says whose it is; a savepoint is nobody's. */
    private boolean isSavepoint(JobCheckpoints job) throws IOException {
        return !files.exists(new Path(job.directory().path(), OWNER))
                && (job.newest().isPresent()
                        || job.entries().stream().allMatch(Catalogue::isUnfinished));
    }

    private static boolean isUnfinished(Entry entry) {
        return entry.state() == JobCheckpoints.State.UNFINISHED
                || entry.state() == JobCheckpoints.State.DAMAGED;
    }

    private long newest(Path directory, FileStatus[] children) throws IOException {
        long newest = 0;
        for (FileStatus child : children) {
            newest = Math.max(newest, child.getModificationTime());
            if (child.isDir()) {
                Path path = new Path(directory, name(child));
                newest = Math.max(newest, newest(path, files.listStatus(path)));
            }
        }
        return newest;
    }

    private CatalogueEntry tables(Path directory, List<String> names) {
        Marks marks = Marks.of(TableSavepoint.MANIFEST, names);
        try {
            TableSavepoint savepoint = TableSavepoint.open(directory);
            return new CatalogueEntry(
                    Form.TABLES,
                    State.COMPLETE,
                    directory,
                    savepoint.jobId(),
                    savepoint.jobName(),
                    savepoint.epoch(),
                    savepoint.checkpointId(),
                    savepoint.triggeredAtMs(),
                    savepoint.files().stream().mapToLong(TableSavepoint.File::length).sum(),
                    savepoint.operators(),
                    marks,
                    0,
                    "",
                    Content.of(savepoint));
        } catch (MillraceException e) {
            return damaged(Form.TABLES, directory, "", 0, 0, marks, problemOf(e));
        }
    }

    /**
     * What is wrong with a manifest.
     *
     * @throws MillraceException if it is not the manifest that is wrong
     */
    private static String problemOf(MillraceException e) {
        return switch (e.code()) {
            case CHECKPOINT_FILE_CORRUPT, CHECKPOINT_INCOMPATIBLE, CHECKPOINT_NOT_FOUND ->
                    e.getMessage();
            default -> throw e;
        };
    }

    private static CatalogueEntry damaged(
            Form form,
            Path path,
            String jobId,
            long epoch,
            long checkpointId,
            Marks marks,
            String problem) {
        return new CatalogueEntry(
                form,
                State.DAMAGED,
                path,
                jobId,
                "",
                epoch,
                checkpointId,
                0,
                0,
                0,
                marks,
                0,
                problem,
                null);
    }

    private static CatalogueEntry unfinished(
            Form form, Path path, String jobId, long modifiedAtMs) {
        return new CatalogueEntry(
                form,
                State.UNFINISHED,
                path,
                jobId,
                "",
                0,
                0,
                0,
                0,
                0,
                Marks.NONE,
                modifiedAtMs,
                "",
                null);
    }

    private CatalogueEntry savepoint(Path directory, JobCheckpoints job) throws IOException {
        String jobId = job.directory().jobId().hex();
        for (Entry entry : job.entries()) {
            if (entry.state() == JobCheckpoints.State.DAMAGED) {
                return damaged(Form.NATIVE, directory, jobId, entry);
            }
        }
        return job.newest()
                .map(entry -> complete(Form.NATIVE, directory, entry))
                .orElse(
                        unfinished(
                                Form.NATIVE,
                                directory,
                                jobId,
                                newest(directory, files.listStatus(directory))));
    }

    private static CatalogueEntry damaged(Form form, Path path, String jobId, Entry entry) {
        return damaged(
                form,
                path,
                jobId,
                entry.checkpoint().epoch(),
                entry.checkpoint().checkpointId(),
                marksOf(entry),
                entry.problem());
    }

    private static Marks marksOf(Entry entry) {
        return Marks.of(entry.checkpoint().manifest().getName(), entry.found().names());
    }

    private static CatalogueEntry complete(Form form, Path path, Entry entry) {
        Manifest manifest = entry.manifestOrNull();
        return new CatalogueEntry(
                form,
                State.COMPLETE,
                path,
                manifest.jobId(),
                manifest.jobName(),
                manifest.epoch(),
                manifest.checkpointId(),
                manifest.triggeredAtMs(),
                manifest.totalBytes(),
                manifest.operators().size(),
                marksOf(entry),
                entry.found().modifiedAtMs(),
                "",
                Content.of(entry.checkpoint(), manifest));
    }

    private void checkpoints(JobCheckpoints job) {
        jobs.add(job);
        for (Entry entry : job.entries()) {
            Path path = entry.checkpoint().path();
            switch (entry.state()) {
                case COMPLETE -> entries.add(complete(Form.CHECKPOINT, path, entry));
                case DAMAGED ->
                        entries.add(
                                damaged(
                                        Form.CHECKPOINT,
                                        path,
                                        job.directory().jobId().hex(),
                                        entry));
                case DROPPED, UNFINISHED -> {
                    // Not retained: of its job, which knows what becomes of it.
                }
            }
        }
    }
}
