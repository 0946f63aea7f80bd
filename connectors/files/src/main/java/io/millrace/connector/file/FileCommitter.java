package io.millrace.connector.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.sink.Committer;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes sealed files visible, each by one rename. Confined to whoever commits.
 *
 * <p>Committing again is harmless: a file that is at its target already is committed. One that is
 * neither staged nor at its target is lost, and is said to be.
 */
final class FileCommitter implements Committer<FileSinkCommittable> {
    private final Set<Path> directories = new HashSet<>();

    @Override
    public void commit(Collection<CommitRequest<FileSinkCommittable>> requests) {
        for (CommitRequest<FileSinkCommittable> request : requests) {
            FileSinkCommittable file = request.getCommittable();
            try {
                commit(file, request);
            } catch (IOException e) {
                MillraceException error = FileErrors.of(e, file.target(), "commit the output");
                if (error.code() == ErrorCode.STORAGE_FAILED) {
                    // Whether the rename happened is not known; the next try will see.
                    request.retryLater();
                } else {
                    request.signalFailedWithKnownReason(error);
                }
            }
        }
    }

    private void commit(FileSinkCommittable file, CommitRequest<FileSinkCommittable> request)
            throws IOException {
        FileSystem fileSystem = file.target().getFileSystem();
        Path directory = file.target().getParent();
        if (directories.add(directory)) {
            fileSystem.mkdirs(directory);
        }
        // Names are unique to an attempt, so whatever is at the target is this very file.
        if (fileSystem.exists(file.target())) {
            request.signalAlreadyCommitted();
            return;
        }
        if (!fileSystem.exists(file.staged())) {
            request.signalFailedWithKnownReason(
                    new MillraceException(
                            ErrorCode.DATA_LOSS,
                            "the output file "
                                    + file.staged()
                                    + " of "
                                    + file.bytes()
                                    + " bytes is gone before it was committed to "
                                    + file.target()
                                    + ". Somebody removed the staging directory; run the job"
                                    + " again."));
            return;
        }
        FaultPoint.OUTPUT_BEFORE_RENAME.hit();
        if (!fileSystem.rename(file.staged(), file.target()) && !fileSystem.exists(file.target())) {
            request.retryLater();
        }
        FaultPoint.OUTPUT_RENAMED.hit();
    }

    @Override
    public void close() {
        directories.clear();
    }
}
