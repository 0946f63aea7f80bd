package io.millrace.connector.parquet;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.BulkWriter;
import java.io.IOException;
import java.util.Objects;

/** Writes Parquet files by parquet-java, for {@code FileSink.forBulkFormat}. Immutable. */
public class ParquetWriterFactory<T> implements BulkWriter.Factory<T> {
    private static final long serialVersionUID = 1L;

    private final ParquetBuilder<T> writerBuilder;

    public ParquetWriterFactory(ParquetBuilder<T> writerBuilder) {
        this.writerBuilder = Objects.requireNonNull(writerBuilder, "writerBuilder");
    }

    @Override
    public BulkWriter<T> create(FSDataOutputStream stream) throws IOException {
        return new ParquetBulkWriter<>(writerBuilder.createWriter(new StreamOutputFile(stream)));
    }
}
