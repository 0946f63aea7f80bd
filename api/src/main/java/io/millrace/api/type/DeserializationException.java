package io.millrace.api.type;

/** Bytes are not what a value's own reading expects. */
public class DeserializationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeserializationException() {}

    public DeserializationException(String message, Throwable cause) {
        super(message, cause);
    }

    public DeserializationException(String message) {
        super(message);
    }

    public DeserializationException(Throwable cause) {
        super(cause);
    }
}
