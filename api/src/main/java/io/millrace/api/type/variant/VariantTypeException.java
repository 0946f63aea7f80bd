package io.millrace.api.type.variant;

/** A {@link Variant} was asked for what it is not, or cannot be built as wanted. */
public class VariantTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public VariantTypeException(String message) {
        super(message);
    }
}
