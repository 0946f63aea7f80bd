package io.millrace.connector.orc;

import java.io.Serializable;

/** What records are made of the rows of files. Immutable. */
interface RecordShape<T> extends Serializable {
    /**
     * Says which columns it needs of a file, and makes its records of them.
     *
     * @throws io.millrace.api.error.MillraceException {@code SCHEMA_INCOMPATIBLE} if the file has
     *     not what the records need
     */
    RecordMaker<T> of(WantedColumns columns);
}
