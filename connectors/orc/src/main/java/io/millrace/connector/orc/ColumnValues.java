package io.millrace.connector.orc;

import io.millrace.api.error.MillraceException;
import java.util.Objects;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;

/** The values of one column of the batch that was decoded last. Confined to its task. */
final class ColumnValues {
    private final String where;
    private final Conversion conversion;
    private ColumnVector vector;

    /** Makes an object of a value that is there. */
    interface Conversion {
        Object of(ColumnVector vector, int at);
    }

    /**
     * @param where the file and column, for messages
     */
    ColumnValues(String where, Conversion conversion) {
        this.where = where;
        this.conversion = Objects.requireNonNull(conversion);
    }

    /** The batch's vector of this column, always the same one. */
    void read(ColumnVector from) {
        this.vector = from;
    }

    /**
     * Null if the value is.
     *
     * @throws MillraceException {@code INPUT_MALFORMED} if there is none with its bytes
     */
    Object at(int row) {
        int at = vector.isRepeating ? 0 : row;
        if (!vector.noNulls && vector.isNull[at]) {
            return null;
        }
        try {
            return conversion.of(vector, at);
        } catch (MillraceException e) {
            throw e; // of a field of a struct
        } catch (RuntimeException e) {
            throw Malformed.file(where, "a value means nothing (" + e + ")", e);
        }
    }

    /**
     * @throws MillraceException {@code SCHEMA_INCOMPATIBLE} if it is null
     */
    Object presentAt(int row) {
        Object value = at(row);
        if (value == null) {
            throw Malformed.schema(
                    where, "a value is null, but the field is primitive. Declare it as an object");
        }
        return value;
    }
}
