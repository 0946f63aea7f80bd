package io.millrace.api.input;

/** The input is not what a format reads. */
public class ParseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ParseException() {}

    public ParseException(String message) {
        super(message);
    }

    public ParseException(Throwable cause) {
        super(cause);
    }

    public ParseException(String message, Throwable cause) {
        super(message, cause);
    }
}
