package io.millrace.api.type;

import io.millrace.api.tuple.NullFieldException;

/** A field that is part of a key is null. */
public class NullKeyFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int fieldNumber;

    public NullKeyFieldException() {
        this.fieldNumber = -1;
    }

    public NullKeyFieldException(NullFieldException nullFieldException) {
        super(nullFieldException);
        this.fieldNumber = nullFieldException.getFieldPos();
    }

    public NullKeyFieldException(String message) {
        super(message);
        this.fieldNumber = -1;
    }

    /**
     * @param fieldNumber from 0
     */
    public NullKeyFieldException(int fieldNumber) {
        super("Field " + fieldNumber + " is null, but expected to hold a key.");
        this.fieldNumber = fieldNumber;
    }

    /** From 0; -1 if it is not known. */
    public int getFieldNumber() {
        return fieldNumber;
    }
}
