package io.millrace.api.tuple;

/** A field of a tuple is null where it must not be. */
public class NullFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int fieldPos;

    /**
     * @param fieldPos from 0
     */
    public NullFieldException(int fieldPos) {
        super("Field " + fieldPos + " is null, but expected to hold a value.");
        this.fieldPos = fieldPos;
    }

    public int getFieldPos() {
        return fieldPos;
    }
}
