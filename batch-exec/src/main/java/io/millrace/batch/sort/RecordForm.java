package io.millrace.batch.sort;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.ReaderStructures;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.WriterStructures;

/**
 * Records as bytes that may be read in any order, by the form that wrote them. Confined to its
 * owner.
 */
/* A type that is found at run time is described where it is first used, and whoever reads must have
 * come by there. Here records are read in another order than they were written in. So a record that
 * describes something is read at once, and then written again: now without a description.
 */
public final class RecordForm<T> {
    private static final int USUAL_BYTES = 1 << 16;

    private final Serializer<T> serializer;
    private final WriterStructures written = new WriterStructures();
    private final ReaderStructures read = new ReaderStructures();
    private final BinaryReader reader = new BinaryReader(new byte[0]);
    private BinaryWriter writer = new BinaryWriter(256);

    public RecordForm(Serializer<T> serializer) {
        this.serializer = serializer;
    }

    /** The bytes, until the next call. */
    public BinaryWriter write(T record) {
        int described = written.announced();
        append(record);
        if (written.announced() != described) {
            read(writer.array(), 0, writer.size());
            append(record);
        }
        return writer;
    }

    private void append(T record) {
        if (writer.array().length > USUAL_BYTES) {
            writer = new BinaryWriter(256); // a long record has gone
        }
        writer.clear();
        writer.attach(written);
        serializer.write(record, writer);
    }

    /** What {@link #write} has written. */
    public T read(byte[] bytes, int from, int length) {
        reader.reset(bytes, from, length);
        reader.attach(read);
        return serializer.read(reader);
    }
}
