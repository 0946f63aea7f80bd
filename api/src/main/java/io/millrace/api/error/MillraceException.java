package io.millrace.api.error;

import java.util.Objects;

/**
 * An error that says what happened, where, the numbers, and what to do. Its message starts with the
 * code's name: {@code PATH_NOT_FOUND: hdfs://…/in does not exist. Check …}.
 */
public class MillraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CAUSES = 100;

    private final ErrorCode code;

    public MillraceException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /**
     * @param message what, where, numbers and advice, without the code's name
     * @param cause null if this is where the error was found
     */
    public MillraceException(ErrorCode code, String message, Throwable cause) {
        super(code + ": " + message, cause);
        this.code = Objects.requireNonNull(code);
    }

    public ErrorCode code() {
        return code;
    }

    /** The code of the first {@link MillraceException} among {@code error} and its causes. */
    public static ErrorCode codeOf(Throwable error, ErrorCode otherwise) {
        // A user's causes may form a ring.
        Throwable t = error;
        for (int depth = 0; t != null && depth < MAX_CAUSES; depth++, t = t.getCause()) {
            if (t instanceof MillraceException known) {
                return known.code();
            }
        }
        return otherwise;
    }
}
