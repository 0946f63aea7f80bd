package io.millrace.connector.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.sink.Committer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes sealed files visible, each by one rename. Confined to whoever commits.
 *
 * <p>Committing again is harmless: a file that is at its target already is committed. One that is
 * neither staged nor at its target is lost, and is said to be.
 *
 * <p>Files that the output replaces go when all new ones are visible. {@code _SUCCESS} goes first
 * of all; it comes when the whole output has ended ({@link FileSink#outputEnded}), since subtasks
 * end with different commits.
 */
final class FileCommitter implements Committer<FileSinkCommittable> {
    static final String SUCCESS = "_SUCCESS";

    /** Null if nothing is replaced and marked. */
    private final Path output;

    private final Path staging;
    private final OutputMode mode;
    private final boolean successMarker;
    private final Set<Path> directories = new HashSet<>();

    /** Null until the first commit, and if nothing is replaced. */
    private ReplacedFiles replaced;

    /** Of writers that have told that their input has ended. */
    private final List<FileSinkCommittable> ends = new ArrayList<>();

    /** Adds files, and no more. */
    FileCommitter() {
        this(null, null, OutputMode.APPEND, false);
    }

    /**
     * @param staging where the job's files lie
     * @param successMarker whether the end of the output will be marked
     */
    FileCommitter(Path output, Path staging, OutputMode mode, boolean successMarker) {
        this.output = output;
        this.staging = staging;
        this.mode = mode;
        this.successMarker = successMarker;
    }

    @Override
    public void commit(Collection<CommitRequest<FileSinkCommittable>> requests) {
        try {
            begin();
        } catch (IOException e) {
            requests.forEach(request -> failed(e, output, request));
            return;
        }
        CommitRequest<FileSinkCommittable> last = null;
        boolean allDone = true;
        for (CommitRequest<FileSinkCommittable> request : requests) {
            FileSinkCommittable file = request.getCommittable();
            if (file.isEnd()) {
                ends.add(file);
                last = request;
                continue;
            }
            try {
                allDone &= commit(file, request);
            } catch (IOException e) {
                failed(e, file.target(), request);
                allDone = false;
            }
        }
        if (allDone) {
            finish(last);
        } else if (last != null) {
            // Asked for again, so that the end comes behind what is tried again.
            last.retryLater();
        }
    }

    private static void failed(
            IOException e, Path path, CommitRequest<FileSinkCommittable> request) {
        MillraceException error = FileErrors.of(e, path, "commit the output");
        if (error.code() == ErrorCode.STORAGE_FAILED) {
            // Whether it happened is not known; the next try will see.
            request.retryLater();
        } else {
            request.signalFailedWithKnownReason(error);
        }
    }

    private void begin() throws IOException {
        if (!successMarker && !mode.replaces()) {
            return;
        }
        FileSystem fileSystem = output.getFileSystem();
        if (mode.replaces() && replaced == null) {
            replaced = ReplacedFiles.of(fileSystem, output, staging);
        }
        fileSystem.delete(new Path(output, SUCCESS), false);
    }

    /**
     * Removes what is replaced.
     *
     * @param last null if the input goes on
     */
    private void finish(CommitRequest<FileSinkCommittable> last) {
        try {
            if (replaced != null) {
                replaced.remove(mode == OutputMode.OVERWRITE ? null : directories);
            }
            for (FileSinkCommittable end : ends) {
                Staging.mark(end);
            }
        } catch (IOException e) {
            MillraceException error = FileErrors.of(e, output, "finish the output");
            if (last == null) {
                throw error;
            }
            failed(e, output, last);
        }
    }

    /** Returns false if it was not done. */
    private boolean commit(FileSinkCommittable file, CommitRequest<FileSinkCommittable> request)
            throws IOException {
        FileSystem fileSystem = file.target().getFileSystem();
        Path directory = file.target().getParent().makeQualified(fileSystem);
        if (directories.add(directory)) {
            fileSystem.mkdirs(directory);
        }
        boolean visible = makeVisible(fileSystem, file, request);
        if (visible) {
            for (Path part : file.parts()) {
                fileSystem.delete(part, false);
            }
        }
        return visible;
    }

    private static boolean makeVisible(
            FileSystem fileSystem,
            FileSinkCommittable file,
            CommitRequest<FileSinkCommittable> request)
            throws IOException {
        // Names are unique to an attempt, so whatever is at the target is this very file.
        if (fileSystem.exists(file.target())) {
            request.signalAlreadyCommitted();
            return true;
        }
        FileStatus staged;
        try {
            staged = fileSystem.getFileStatus(file.staged());
        } catch (FileNotFoundException | NoSuchFileException e) {
            request.signalFailedWithKnownReason(
                    lost(file, "is gone", "Somebody removed the staging directory"));
            return false;
        }
        if (staged.getLen() != file.bytes()) {
            request.signalFailedWithKnownReason(
                    lost(
                            file,
                            "has " + staged.getLen() + " bytes",
                            "Somebody wrote to the staging directory, or the file system lost a"
                                    + " block"));
            return false;
        }
        FaultPoint.OUTPUT_BEFORE_RENAME.hit();
        boolean renamed =
                fileSystem.rename(file.staged(), file.target()) || fileSystem.exists(file.target());
        if (!renamed) {
            request.retryLater();
        }
        FaultPoint.OUTPUT_RENAMED.hit();
        return renamed;
    }

    private static MillraceException lost(FileSinkCommittable file, String what, String probably) {
        return new MillraceException(
                ErrorCode.DATA_LOSS,
                "the output file "
                        + file.staged()
                        + " of "
                        + file.bytes()
                        + " bytes "
                        + what
                        + " before it was committed to "
                        + file.target()
                        + ". "
                        + probably
                        + "; run the job again.");
    }

    @Override
    public void close() {
        directories.clear();
    }
}
