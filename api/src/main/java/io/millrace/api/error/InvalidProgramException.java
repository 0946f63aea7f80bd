package io.millrace.api.error;

/**
 * For programs and libraries that find a program invalid. The engine throws a {@link
 * MillraceException} with {@code PROGRAM_INVALID} instead.
 */
public class InvalidProgramException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidProgramException() {}

    public InvalidProgramException(String message) {
        super(message);
    }

    public InvalidProgramException(String message, Throwable cause) {
        super(message, cause);
    }
}
