package io.millrace.api.error;

/**
 * Base of checked exceptions, under the name that programs know. The engine throws {@link
 * MillraceException} instead.
 */
public class FlinkException extends Exception {
    private static final long serialVersionUID = 1L;

    public FlinkException(String message) {
        super(message);
    }

    public FlinkException(Throwable cause) {
        super(cause);
    }

    public FlinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
