package io.millrace.api.serialization;

import java.io.IOException;
import java.io.InvalidClassException;

/**
 * What a serializer stores beside the data that it wrote: enough to read the data later, and to say
 * whether a newer serializer can. Needs a public constructor without arguments. Confined to its
 * user.
 *
 * @param <T> the type of the data
 */
public interface TypeSerializerSnapshot<T> {
    /** Version of the form that {@link #writeSnapshot} writes. */
    int getCurrentVersion();

    void writeSnapshot(DataOutputView out) throws IOException;

    /**
     * @param readVersion the {@link #getCurrentVersion} of whoever wrote it
     */
    void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
            throws IOException;

    /** A serializer that reads data of the form which this describes. */
    TypeSerializer<T> restoreSerializer();

    /**
     * Whether {@code newSerializer} can read data of the form that this, the old one, describes.
     *
     * @deprecated override {@link #resolveSchemaCompatibility(TypeSerializerSnapshot)}, which the
     *     new snapshot answers
     */
    @Deprecated
    default TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializer<T> newSerializer) {
        TypeSerializerSnapshot<T> snapshot = newSerializer.snapshotConfiguration();
        SnapshotMethods.requireOne(snapshot, TypeSerializerSnapshot.class);
        return snapshot.resolveSchemaCompatibility(this);
    }

    /** Whether the serializer of this snapshot can read data of the form that the old one has. */
    default TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> oldSerializerSnapshot) {
        SnapshotMethods.requireOne(oldSerializerSnapshot, TypeSerializer.class);
        return oldSerializerSnapshot.resolveSchemaCompatibility(restoreSerializer());
    }

    /**
     * Writes class name, version and content of a snapshot.
     *
     * <pre>
     * snapshot := UTF class name, int version, what writeSnapshot writes
     * </pre>
     */
    static void writeVersionedSnapshot(DataOutputView out, TypeSerializerSnapshot<?> snapshot)
            throws IOException {
        out.writeUTF(snapshot.getClass().getName());
        out.writeInt(snapshot.getCurrentVersion());
        snapshot.writeSnapshot(out);
    }

    /**
     * Reads what {@link #writeVersionedSnapshot} wrote.
     *
     * @throws InvalidClassException naming the class if it is not there or no snapshot
     */
    static <T> TypeSerializerSnapshot<T> readVersionedSnapshot(DataInputView in, ClassLoader loader)
            throws IOException {
        TypeSerializerSnapshot<T> snapshot = SnapshotMethods.instantiate(in.readUTF(), loader);
        snapshot.readSnapshot(in.readInt(), in, loader);
        return snapshot;
    }
}
