package io.millrace.connector.orc;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/** What is said about a file that is damaged, or not what the program takes it for. Pure. */
final class Malformed {
    private Malformed() {}

    /**
     * @param where the file, and the place in it
     */
    static MillraceException file(String where, String what) {
        return file(where, what, null);
    }

    /**
     * @param cause may be null
     */
    static MillraceException file(String where, String what, Throwable cause) {
        return new MillraceException(
                ErrorCode.INPUT_MALFORMED,
                where
                        + " is no whole ORC file: "
                        + what
                        + ". Replace it, or leave it out of the input.",
                cause);
    }

    /** The file is whole, but has not what was asked for. */
    static MillraceException schema(String where, String what) {
        return new MillraceException(ErrorCode.SCHEMA_INCOMPATIBLE, where + ": " + what);
    }
}
