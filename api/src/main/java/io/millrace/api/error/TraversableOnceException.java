package io.millrace.api.error;

/** The iterator of an iterable that can be read once was asked for again. */
public class TraversableOnceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TraversableOnceException() {
        super(
                "The values can be read only once; iterator() was called before. Keep them in a"
                        + " collection to read them again.");
    }
}
