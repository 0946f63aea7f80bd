package io.millrace.runtime.serde;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import io.millrace.api.type.SchemaSnapshot;
import java.io.IOException;

/**
 * A serializer of ours as programs use it. Immutable and thread-safe, so that it duplicates to
 * itself.
 *
 * <pre>
 * value := int length, bytes that stand for themselves; without a length where all values have one
 * </pre>
 */
abstract class BinaryTypeSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;
    private static final int FIRST_BYTES = 64;

    abstract Serializer<Object> serializer();

    abstract ClassLoader userLoader();

    @Override
    public boolean isImmutableType() {
        return serializer().immutable();
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T createInstance() {
        return (T) EmptyValues.of(serializer().schema());
    }

    @Override
    @SuppressWarnings("unchecked")
    public T copy(T from) {
        return (T) serializer().copy(from);
    }

    @Override
    public T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return serializer().schema() instanceof Schema.ScalarOf scalar
                ? EmptyValues.fixedLength(scalar.type())
                : -1;
    }

    @Override
    public void serialize(T record, DataOutputView target) throws IOException {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        out.attach(WriterStructures.selfDescribing());
        serializer().write(record, out);
        if (getLength() < 0) {
            target.writeInt(out.size());
        }
        target.write(out.array(), 0, out.size());
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(DataInputView source) throws IOException {
        byte[] bytes = readBytes(source);
        return (T) new BinaryReader(bytes).readWhole(serializer());
    }

    private byte[] readBytes(DataInputView source) throws IOException {
        int fixed = getLength();
        int length = fixed < 0 ? source.readInt() : fixed;
        if (length < 0) {
            throw new IOException("a value is said to have " + length + " bytes");
        }
        // In parts, so that a damaged length ends at the end of the source and not of the heap.
        byte[] bytes = new byte[Math.min(length, 1 << 16)];
        int read = 0;
        while (true) {
            source.readFully(bytes, read, bytes.length - read);
            read = bytes.length;
            if (read == length) {
                return bytes;
            }
            bytes = java.util.Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
        }
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        byte[] bytes = readBytes(source);
        if (getLength() < 0) {
            target.writeInt(bytes.length);
        }
        target.write(bytes);
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new SchemaSnapshot<>(WrittenSchema.of(serializer()).toBytes(), userLoader());
    }

    @Override
    public String toString() {
        return "Serializer[" + serializer().schema().text() + "]";
    }
}
