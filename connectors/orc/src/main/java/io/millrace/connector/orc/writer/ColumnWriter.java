package io.millrace.connector.orc.writer;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;

/** Puts values of one column into its vectors. Confined to its task. */
abstract class ColumnWriter {
    private static final int QUOTED_CHARACTERS = 200;

    private final TypeDescription column;
    private final String where;

    /**
     * @param where the column, for messages
     */
    ColumnWriter(TypeDescription column, String where) {
        this.column = column;
        this.where = where;
    }

    /**
     * @param value may be null
     * @throws MillraceException {@code SCHEMA_INCOMPATIBLE} if the column cannot hold it
     */
    final void put(ColumnVector vector, int at, Object value) {
        if (value == null) {
            vector.noNulls = false;
            vector.isNull[at] = true;
            return;
        }
        vector.isNull[at] = false;
        try {
            set(vector, at, value);
        } catch (ClassCastException e) {
            throw unfit(value, "is a " + value.getClass().getName(), e);
        }
    }

    /**
     * @param value of a value that is there
     * @throws ClassCastException if it is of a class that the column does not take
     */
    abstract void set(ColumnVector vector, int at, Object value);

    /**
     * @param what is wrong with the value, behind "which"
     */
    final MillraceException unfit(Object value, String what) {
        return unfit(value, what, null);
    }

    private MillraceException unfit(Object value, String what, Throwable cause) {
        String quoted = String.valueOf(value);
        return new MillraceException(
                ErrorCode.SCHEMA_INCOMPATIBLE,
                where
                        + " of the ORC file is "
                        + column
                        + " and cannot hold the value '"
                        + (quoted.length() > QUOTED_CHARACTERS
                                ? quoted.substring(0, QUOTED_CHARACTERS) + "…"
                                : quoted)
                        + "', which "
                        + what
                        + ". Give the file another schema, or correct the record.",
                cause);
    }
}
