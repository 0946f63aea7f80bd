package io.millrace.connector.avro;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.BulkWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Writes Avro's container files, for {@code FileSink.forBulkFormat}. Immutable. */
public class AvroWriterFactory<T> implements BulkWriter.Factory<T> {
    private static final long serialVersionUID = 1L;

    private final AvroBuilder<T> avroBuilder;

    public AvroWriterFactory(AvroBuilder<T> avroBuilder) {
        this.avroBuilder = Objects.requireNonNull(avroBuilder);
    }

    @Override
    public BulkWriter<T> create(FSDataOutputStream out) throws IOException {
        return new AvroBulkWriter<>(avroBuilder.createWriter(new KeptOpen(out)));
    }

    /** Avro closes what it writes to; the file is closed by whoever opened it. */
    private static final class KeptOpen extends FilterOutputStream {
        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
