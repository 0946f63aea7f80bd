package io.millrace.connector.orc.writer;

import io.millrace.api.type.TypeInformation;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/** Puts rows, plain objects and Java records into columns of their fields. Confined to its task. */
final class RecordVectorizer<T> extends Vectorizer<T> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;
    private transient StructColumn columns;
    private transient HeldBytes held; // by the record that came last

    /**
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} if a column can never
     *     hold its field
     */
    RecordVectorizer(TypeDescription schema, TypeInformation<T> type) {
        super(schema.toString());
        this.type = type;
        open();
    }

    /** With the schema that the type has by itself. */
    static <T> RecordVectorizer<T> of(TypeInformation<T> type) {
        return new RecordVectorizer<>(OrcSchema.of(type, type.toString()), type);
    }

    private void open() {
        held = new HeldBytes();
        columns = StructColumn.of(getSchema(), type, type.toString(), held);
    }

    @Override
    public void vectorize(T element, VectorizedRowBatch batch) {
        if (columns == null) {
            open();
        }
        held.clear();
        columns.putRow(element, batch.cols, batch.size);
        batch.size++;
    }

    /** Roughly the bytes that the record that came last takes in its batch. */
    long recordBytes() {
        return held.bytes();
    }
}
