package io.millrace.api.error;

/**
 * Base of unchecked exceptions, under the name that programs know. The engine throws {@link
 * MillraceException} instead.
 */
public class FlinkRuntimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FlinkRuntimeException(String message) {
        super(message);
    }

    public FlinkRuntimeException(Throwable cause) {
        super(cause);
    }

    public FlinkRuntimeException(String message, Throwable cause) {
        super(message, cause);
    }
}
