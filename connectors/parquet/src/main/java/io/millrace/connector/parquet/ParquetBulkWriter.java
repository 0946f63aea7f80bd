package io.millrace.connector.parquet;

import io.millrace.api.serialization.BulkWriter;
import java.io.IOException;
import java.util.Objects;
import org.apache.parquet.hadoop.ParquetWriter;

/** Writes records by parquet-java. Confined to its task. */
public class ParquetBulkWriter<T> implements BulkWriter<T> {
    private final ParquetWriter<T> writer;

    public ParquetBulkWriter(ParquetWriter<T> parquetWriter) {
        this.writer = Objects.requireNonNull(parquetWriter, "parquetWriter");
    }

    @Override
    public void addElement(T datum) throws IOException {
        writer.write(datum);
    }

    /** Does nothing: a row group is written when it is full. */
    @Override
    public void flush() {}

    @Override
    public void finish() throws IOException {
        writer.close();
    }
}
