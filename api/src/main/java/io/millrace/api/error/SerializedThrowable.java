package io.millrace.api.error;

/**
 * Stands for an exception that a function threw in a worker and that cannot be had here as it was:
 * its class is missing, it could not be serialized, or reading it failed. Has the name of its
 * class, its message, its stack trace and its causes, and prints like it.
 */
public final class SerializedThrowable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String originalErrorClassName;

    /**
     * @param originalErrorClassName of what was thrown
     * @param originalMessage null if it had none
     * @param cause null if it had none
     */
    public SerializedThrowable(
            String originalErrorClassName,
            String originalMessage,
            StackTraceElement[] stackTrace,
            Throwable cause) {
        super(
                originalMessage == null
                        ? originalErrorClassName
                        : originalErrorClassName + ": " + originalMessage,
                cause);
        this.originalErrorClassName = originalErrorClassName;
        setStackTrace(stackTrace);
    }

    /** The class of what was thrown. */
    public String getOriginalErrorClassName() {
        return originalErrorClassName;
    }

    /** The stack trace of what was thrown, with all causes, as it is printed. */
    public String getFullStringifiedStackTrace() {
        return ExceptionUtils.stringifyException(this);
    }

    /** The class and the message of what was thrown. */
    @Override
    public String toString() {
        return getMessage();
    }
}
