package io.millrace.connector.avro;

import io.millrace.api.serialization.BulkWriter;
import java.io.IOException;
import java.util.Objects;
import org.apache.avro.file.DataFileWriter;

/** Writes records by Avro. Confined to its task. */
public class AvroBulkWriter<T> implements BulkWriter<T> {
    private final DataFileWriter<T> dataFileWriter;

    public AvroBulkWriter(DataFileWriter<T> dataFileWriter) {
        this.dataFileWriter = Objects.requireNonNull(dataFileWriter);
    }

    @Override
    public void addElement(T element) throws IOException {
        dataFileWriter.append(element);
    }

    @Override
    public void flush() throws IOException {
        dataFileWriter.flush();
    }

    @Override
    public void finish() throws IOException {
        dataFileWriter.close();
    }
}
