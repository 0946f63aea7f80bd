package io.millrace.api.type;

/** What a row of a changelog does to the table. */
public enum RowKind {
    /** Adds a row. */
    INSERT("+I", 0),
    /** Takes back a row that an update replaces. */
    UPDATE_BEFORE("-U", 1),
    /** The row that an update puts in its place. */
    UPDATE_AFTER("+U", 2),
    /** Removes a row. */
    DELETE("-D", 3);

    private final String shortString;
    private final byte value;

    RowKind(String shortString, int value) {
        this.shortString = shortString;
        this.value = (byte) value;
    }

    /** Two characters: {@code +I}, {@code -U}, {@code +U}, {@code -D}. */
    public String shortString() {
        return shortString;
    }

    /** A number that never changes, for bytes: 0 to 3. */
    public byte toByteValue() {
        return value;
    }

    /**
     * @throws UnsupportedOperationException if it is no number of a kind
     */
    public static RowKind fromByteValue(byte value) {
        return switch (value) {
            case 0 -> INSERT;
            case 1 -> UPDATE_BEFORE;
            case 2 -> UPDATE_AFTER;
            case 3 -> DELETE;
            default ->
                    throw new UnsupportedOperationException(
                            "Unsupported byte value '" + value + "' for row kind.");
        };
    }
}
