package io.millrace.connector.parquet;

import java.io.Serializable;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** What records are made of the rows of files. Immutable. */
interface RecordShape<T> extends Serializable {
    /**
     * @param where the file, for messages
     * @throws io.millrace.api.error.MillraceException {@code SCHEMA_INCOMPATIBLE} if the file has
     *     not what the records need
     */
    GroupRecords<T> of(ParquetMetadata footer, String where);
}
