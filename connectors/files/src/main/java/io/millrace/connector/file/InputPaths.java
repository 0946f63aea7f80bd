package io.millrace.connector.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;

/** What can be said about the paths of a source before the job runs. Pure, but for reading. */
final class InputPaths {
    private InputPaths() {}

    static Path[] requireSome(Path... paths) {
        if (paths.length == 0) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "a file source was given no path. Name at least one.");
        }
        return paths.clone();
    }

    /**
     * @throws MillraceException {@code PATH_NOT_FOUND} or {@code PERMISSION_DENIED}, naming the
     *     path
     */
    static void check(Path... paths) {
        for (Path path : paths) {
            try {
                FileSystem fileSystem = path.getFileSystem();
                FileStatus status = fileSystem.getFileStatus(path);
                if (status.isDir()) {
                    fileSystem.listStatus(path);
                } else {
                    Compression.requireKnown(path);
                    fileSystem.open(path).close();
                }
            } catch (IOException e) {
                throw FileErrors.of(e, path, "read the input");
            }
        }
    }
}
