package io.millrace.api.error;

/** A class that is named by configuration could not be loaded or made. */
public class DynamicCodeLoadingException extends FlinkException {
    private static final long serialVersionUID = 1L;

    public DynamicCodeLoadingException(Throwable cause) {
        super(cause);
    }

    public DynamicCodeLoadingException(String message, Throwable cause) {
        super(message, cause);
    }
}
