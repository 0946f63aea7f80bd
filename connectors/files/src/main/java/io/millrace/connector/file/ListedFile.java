package io.millrace.connector.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a file still is what it was when it was listed. Stateless. */
final class ListedFile {
    private static final Logger LOG = LoggerFactory.getLogger(ListedFile.class);

    private ListedFile() {}

    /**
     * Asked when a split has been read. One that is gone by now was there while it was read. One
     * that is longer has been appended to, which is not read, and said in the log.
     *
     * @throws MillraceException {@code INPUT_MALFORMED} if it is shorter, or was written anew
     */
    static void requireUnchanged(FileSourceSplit split) throws IOException {
        FileStatus now;
        try {
            now = split.path().getFileSystem().getFileStatus(split.path());
        } catch (FileNotFoundException | NoSuchFileException e) {
            return;
        }
        if (now.getLen() > split.fileSize()) {
            LOG.warn(
                    "A file has grown since it was listed; what was appended is not read. path={}"
                            + " listedBytes={} bytes={}",
                    split.path(),
                    split.fileSize(),
                    now.getLen());
        } else if (differs(split, now)) {
            throw changed(split, now, null);
        }
    }

    /** What was thrown, or that the file is another one by now, which explains it. */
    static MillraceException failed(Exception thrown, FileSourceSplit split, String doing) {
        FileStatus now;
        try {
            now = split.path().getFileSystem().getFileStatus(split.path());
        } catch (FileNotFoundException | NoSuchFileException e) {
            return new MillraceException(
                    ErrorCode.PATH_NOT_FOUND,
                    split.path()
                            + " is gone: it had "
                            + listed(split)
                            + " when it was listed, and Millrace could not "
                            + doing
                            + " of it. Leave files where they are until the job has read them, and"
                            + " start the job again with the files that are there.",
                    thrown);
        } catch (IOException | RuntimeException e) {
            thrown.addSuppressed(e);
            return coded(thrown, split, doing);
        }
        return differs(split, now) ? changed(split, now, thrown) : coded(thrown, split, doing);
    }

    private static MillraceException coded(Exception thrown, FileSourceSplit split, String doing) {
        if (thrown instanceof MillraceException coded) {
            return coded;
        }
        IOException error =
                thrown instanceof UncheckedIOException wrapped
                        ? wrapped.getCause()
                        : (IOException) thrown;
        return FileErrors.of(error, split.path(), doing);
    }

    /** The time of splits that do not know it is 0. */
    private static boolean differs(FileSourceSplit split, FileStatus now) {
        return now.getLen() != split.fileSize()
                || split.fileModificationTime() > 0
                        && now.getModificationTime() != split.fileModificationTime();
    }

    private static MillraceException changed(
            FileSourceSplit split, FileStatus now, Exception cause) {
        return new MillraceException(
                ErrorCode.INPUT_MALFORMED,
                split.path()
                        + " was changed while the job read it: it had "
                        + listed(split)
                        + " when it was listed, and has "
                        + described(now.getLen(), now.getModificationTime())
                        + ". Some of its records may be of the one, some of the other. Write files"
                        + " under a name that begins with '.' or '_' and rename them when they are"
                        + " whole; then start the job again.",
                cause);
    }

    private static String listed(FileSourceSplit split) {
        return described(split.fileSize(), split.fileModificationTime());
    }

    private static String described(long bytes, long modifiedMs) {
        return modifiedMs > 0
                ? bytes + " bytes, modified at " + Instant.ofEpochMilli(modifiedMs) + ","
                : bytes + " bytes";
    }
}
