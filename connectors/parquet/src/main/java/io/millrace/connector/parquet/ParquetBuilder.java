package io.millrace.connector.parquet;

import java.io.IOException;
import java.io.Serializable;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.OutputFile;

/** Makes parquet-java's writer of a file. Called once for each file, by its task. */
@FunctionalInterface
public interface ParquetBuilder<T> extends Serializable {
    /** A writer to a file that is empty. */
    ParquetWriter<T> createWriter(OutputFile out) throws IOException;
}
