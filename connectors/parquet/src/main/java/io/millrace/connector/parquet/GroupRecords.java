package io.millrace.connector.parquet;

import io.millrace.api.file.FSDataInputStream;
import java.io.IOException;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/** Records of the row groups of one file. Confined to its task. */
interface GroupRecords<T> {
    /** Begins a row group. */
    void open(FSDataInputStream file, BlockMetaData group) throws IOException;

    /** The next record; called as often as the group has rows. */
    T next() throws IOException;

    /** All rows of the group have been read: checks that nothing is left of it. */
    void end() throws IOException;
}
