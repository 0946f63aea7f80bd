package io.millrace.api.cache;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.sink.Committer;
import java.io.IOException;
import java.util.Collection;

/** Makes files of a cached stream whole, each by one rename. Confined to whoever commits. */
final class CacheCommitter implements Committer<String> {
    private final CacheFiles files;

    CacheCommitter(CacheFiles files) {
        this.files = files;
    }

    @Override
    public void commit(Collection<CommitRequest<String>> requests) {
        for (CommitRequest<String> request : requests) {
            Path whole = files.whole(request.getCommittable());
            try {
                commit(files.staged(request.getCommittable()), whole, request);
            } catch (IOException e) {
                MillraceException error = FileErrors.of(e, whole, "commit a cached stream");
                if (error.code() == ErrorCode.STORAGE_FAILED) {
                    request.retryLater();
                } else {
                    request.signalFailedWithUnknownReason(error);
                }
            }
        }
    }

    private static void commit(Path staged, Path whole, CommitRequest<String> request)
            throws IOException {
        FileSystem fileSystem = whole.getFileSystem();
        if (fileSystem.exists(whole)) {
            request.signalAlreadyCommitted();
        } else if (!fileSystem.exists(staged)) {
            request.signalFailedWithUnknownReason(
                    new MillraceException(
                            ErrorCode.DATA_LOSS,
                            "the file "
                                    + staged
                                    + " of a cached stream is gone before it was committed. Somebody"
                                    + " removed it; run the program again."));
        } else if (!fileSystem.rename(staged, whole) && !fileSystem.exists(whole)) {
            request.retryLater();
        }
    }

    @Override
    public void close() {}
}
