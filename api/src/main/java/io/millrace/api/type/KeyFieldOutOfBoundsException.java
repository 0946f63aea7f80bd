package io.millrace.api.type;

/** A key names a field that a record does not have. */
public class KeyFieldOutOfBoundsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int fieldNumber;

    public KeyFieldOutOfBoundsException() {
        this.fieldNumber = -1;
    }

    public KeyFieldOutOfBoundsException(String message) {
        super(message);
        this.fieldNumber = -1;
    }

    /**
     * @param fieldNumber from 0
     */
    public KeyFieldOutOfBoundsException(int fieldNumber) {
        super("Field " + fieldNumber + " is accessed for a key, but out of bounds in the record.");
        this.fieldNumber = fieldNumber;
    }

    public KeyFieldOutOfBoundsException(int fieldNumber, Throwable parent) {
        super(
                "Field " + fieldNumber + " is accessed for a key, but out of bounds in the record.",
                parent);
        this.fieldNumber = fieldNumber;
    }

    /** From 0; -1 if it is not known. */
    public int getFieldNumber() {
        return fieldNumber;
    }
}
