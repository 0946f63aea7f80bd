package io.millrace.api.file;

import java.io.IOException;

/**
 * What a file contains is not what its reader expects. The message says what and at which byte;
 * whoever knows the path adds it ({@link FileErrors}).
 */
public class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
