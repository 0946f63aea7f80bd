package io.millrace.api.error;

/** A function that cannot be serialized, as programs and libraries report it. */
public class NonSerializableUserCodeException extends InvalidProgramException {
    private static final long serialVersionUID = 1L;

    public NonSerializableUserCodeException() {}

    public NonSerializableUserCodeException(String message) {
        super(message);
    }
}
