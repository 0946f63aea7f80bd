package io.millrace.connector.avro;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.avro.file.DataFileWriter;

/** Makes Avro's writer of a file. Called once for each file, by its task. */
@FunctionalInterface
public interface AvroBuilder<T> extends Serializable {
    /** A writer that has begun a file in the stream. */
    DataFileWriter<T> createWriter(OutputStream outputStream) throws IOException;
}
