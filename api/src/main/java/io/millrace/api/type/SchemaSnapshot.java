package io.millrace.api.type;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSchemaCompatibility;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import java.io.IOException;

/**
 * The snapshot of a serializer that the engine made: the written schema, by which the data is read
 * after the classes have changed. Confined to its user.
 *
 * <pre>
 * version 1 := int length, written schema as the engine stores it
 * </pre>
 *
 * @param <T> the type of the data
 */
public final class SchemaSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int VERSION = 1;
    private static final int MAX_BYTES = 1 << 24;

    private byte[] writtenSchema;
    private ClassLoader userLoader;

    /** To read with. */
    public SchemaSnapshot() {}

    /** To write with. */
    public SchemaSnapshot(byte[] writtenSchema, ClassLoader userLoader) {
        this.writtenSchema = writtenSchema.clone();
        this.userLoader = userLoader;
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeInt(writtenSchema.length);
        out.write(writtenSchema);
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
            throws IOException {
        if (readVersion != VERSION) {
            throw new IOException(
                    "The snapshot of a generated serializer is stored in version "
                            + readVersion
                            + "; this release knows version "
                            + VERSION
                            + ".");
        }
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException(
                    "The written schema in a snapshot is said to have " + length + " bytes.");
        }
        writtenSchema = new byte[length];
        in.readFully(writtenSchema);
        userLoader = loader;
    }

    /** Reads the stored form into the classes as they are now; writes the form of now. */
    @Override
    public TypeSerializer<T> restoreSerializer() {
        return EngineSerializers.provider().readerOf(writtenSchema, userLoader);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> oldSerializerSnapshot) {
        return oldSerializerSnapshot instanceof SchemaSnapshot<T> old
                ? EngineSerializers.provider()
                        .compatibility(old.writtenSchema, writtenSchema, userLoader)
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
