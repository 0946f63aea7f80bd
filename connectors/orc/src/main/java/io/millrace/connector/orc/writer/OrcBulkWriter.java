package io.millrace.connector.orc.writer;

import io.millrace.api.serialization.BulkWriter;
import java.io.IOException;
import java.util.Objects;
import org.apache.orc.Writer;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/** Writes records of one file, a batch of rows at a time. Confined to its task. */
public class OrcBulkWriter<T> implements BulkWriter<T> {
    /** Of a batch: values are held twice until they are handed over. */
    private static final long MAX_BATCH_BYTES = 1 << 20;

    private final Vectorizer<T> vectorizer;
    private final Writer writer;
    private final VectorizedRowBatch batch;
    private long batchBytes; // as far as they are counted

    OrcBulkWriter(Vectorizer<T> vectorizer, Writer writer) {
        this.vectorizer = Objects.requireNonNull(vectorizer, "vectorizer");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.batch = vectorizer.getSchema().createRowBatch();
    }

    @Override
    public void addElement(T element) throws IOException {
        // A vectorizer may serve several open files, record by record.
        vectorizer.setWriter(writer);
        vectorizer.vectorize(element, batch);
        if (vectorizer instanceof RecordVectorizer<T> ours) {
            batchBytes += ours.recordBytes();
        }
        if (batch.size == batch.getMaxSize() || batchBytes > MAX_BATCH_BYTES) {
            flush();
        }
    }

    /** Hands over the rows of the batch; they are in the file when their stripe is full. */
    @Override
    public void flush() throws IOException {
        if (batch.size > 0) {
            writer.addRowBatch(batch);
            batch.reset();
            batchBytes = 0;
        }
    }

    @Override
    public void finish() throws IOException {
        flush();
        writer.close();
    }
}
