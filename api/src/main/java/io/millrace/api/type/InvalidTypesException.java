package io.millrace.api.type;

import io.millrace.api.error.FlinkRuntimeException;

/**
 * A type cannot be found, or does not fit: for programs to throw. The engine itself says {@code
 * PROGRAM_INVALID}.
 */
public class InvalidTypesException extends FlinkRuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidTypesException() {
        super("A type cannot be found.");
    }

    public InvalidTypesException(String s) {
        super(s);
    }

    public InvalidTypesException(String s, Throwable e) {
        super(s, e);
    }
}
