package io.millrace.runtime.serde;

import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.serialization.TypeSerializer;
import java.io.IOException;

/** What tests do with serializers as programs use them. */
final class TypeSerializers {
    private TypeSerializers() {}

    static <T> byte[] write(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    /** Writes, moves the bytes, reads; the reader must end where the writer did. */
    static <T> T roundTrip(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer moved = new DataOutputSerializer(16);
        serializer.copy(new DataInputDeserializer(write(serializer, value)), moved);
        moved.writeInt(4711);
        DataInputDeserializer in = new DataInputDeserializer(moved.getCopyOfBuffer());
        T read = serializer.deserialize(in);
        if (in.readInt() != 4711) {
            throw new AssertionError("the serializer reads less or more than it writes");
        }
        return read;
    }
}
