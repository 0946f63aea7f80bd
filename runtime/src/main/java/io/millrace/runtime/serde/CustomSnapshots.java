package io.millrace.runtime.serde;

import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Snapshots of programs' own serializers as bytes. Stateless. */
final class CustomSnapshots {
    private static final int FIRST_BYTES = 64;

    private CustomSnapshots() {}

    static byte[] write(Schema.Custom custom) {
        TypeSerializer<?> serializer = custom.type().createSerializer(new SerializerSettings());
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        try {
            TypeSerializerSnapshot.writeVersionedSnapshot(
                    out.view(), serializer.snapshotConfiguration());
        } catch (IOException e) {
            throw new UncheckedIOException("the snapshot of " + serializer, e);
        }
        return out.toByteArray();
    }

    /**
     * @throws CorruptDataException if the snapshot's class is not there or refuses the bytes
     */
    static TypeSerializerSnapshot<Object> read(byte[] bytes, ClassLoader userLoader) {
        try {
            return TypeSerializerSnapshot.readVersionedSnapshot(
                    new BinaryReader(bytes).view(), userLoader);
        } catch (IOException e) {
            throw new CorruptDataException("the snapshot of a program's serializer: " + e, e);
        }
    }
}
