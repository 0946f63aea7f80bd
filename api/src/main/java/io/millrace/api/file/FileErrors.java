package io.millrace.api.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/** Coded errors from those of a file system. Pure. */
public final class FileErrors {
    private FileErrors() {}

    /**
     * @param doing what was tried, such as {@code "read the input"}
     */
    public static MillraceException of(IOException error, Path path, String doing) {
        if (error instanceof FileNotFoundException || error instanceof NoSuchFileException) {
            return new MillraceException(
                    ErrorCode.PATH_NOT_FOUND,
                    path
                            + " does not exist, so that Millrace could not "
                            + doing
                            + ". Check the path.",
                    error);
        }
        if (error instanceof AccessDeniedException) {
            return new MillraceException(
                    ErrorCode.PERMISSION_DENIED,
                    "no permission to "
                            + doing
                            + " at "
                            + path
                            + asUser(error)
                            + " ("
                            + error.getMessage()
                            + "). Check owner and mode of the path.",
                    error);
        }
        if (error instanceof ZipException) {
            return new MillraceException(
                    ErrorCode.INPUT_MALFORMED,
                    path
                            + " is damaged or not compressed as its name says, so that Millrace"
                            + " could not "
                            + doing
                            + ": "
                            + error.getMessage()
                            + ". Replace it, or leave it out.",
                    error);
        }
        if (error instanceof MalformedFileException) {
            return new MillraceException(
                    ErrorCode.INPUT_MALFORMED,
                    path
                            + " is damaged or not of the expected format, so that Millrace could"
                            + " not "
                            + doing
                            + ": "
                            + error.getMessage()
                            + ". Correct it, or leave it out.",
                    error);
        }
        if (error instanceof FileAlreadyExistsException) {
            return new MillraceException(
                    ErrorCode.OUTPUT_EXISTS,
                    path
                            + " exists already, so that Millrace could not "
                            + doing
                            + ". Remove it or choose another path.",
                    error);
        }
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                "could not " + doing + " at " + path + ": " + firstLine(error),
                error);
    }

    /** Hadoop's message names its own user, who need not be the process's. */
    private static String asUser(IOException error) {
        String message = error.getMessage();
        return message != null && message.contains("user=")
                ? ""
                : " as user '" + System.getProperty("user.name") + "'";
    }

    /** The NameNode's messages have its stack behind them. */
    private static String firstLine(IOException error) {
        String message = error.getMessage();
        return message == null || message.isBlank()
                ? error.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElseThrow().strip();
    }
}
