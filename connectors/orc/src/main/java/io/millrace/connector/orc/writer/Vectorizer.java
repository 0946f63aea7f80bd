package io.millrace.connector.orc.writer;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/**
 * Puts records into the columns of a batch, for {@link OrcBulkWriterFactory}; travels with the
 * program. Confined to its task.
 */
public abstract class Vectorizer<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TypeDescription schema;
    private transient Writer writer; // of the file that is being written

    /**
     * @param schema of the files, as ORC writes it: {@code struct<id:bigint,city:string>}
     */
    public Vectorizer(String schema) {
        this.schema = TypeDescription.fromString(Objects.requireNonNull(schema, "schema"));
    }

    public TypeDescription getSchema() {
        return schema;
    }

    /** The writer of the file that gets the next records; the engine calls it. */
    public void setWriter(Writer writer) {
        this.writer = writer;
    }

    /**
     * Puts an entry into the metadata of the file that gets the record; to be called in {@link
     * #vectorize}. Of a key that comes again, the last value stays.
     */
    public void addUserMetadata(String key, ByteBuffer value) {
        writer.addUserMetadata(key, value);
    }

    /**
     * Adds the record as a row behind those that the batch has, and counts it in {@code
     * batch.size}. The batch is not full. What a column refers to must not change afterwards.
     */
    public abstract void vectorize(T element, VectorizedRowBatch batch) throws IOException;
}
