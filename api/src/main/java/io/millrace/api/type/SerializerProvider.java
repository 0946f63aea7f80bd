package io.millrace.api.type;

import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSchemaCompatibility;

/**
 * Makes serializers of the types that this package describes; the engine has the one
 * implementation, which is found by {@link java.util.ServiceLoader}. Stateless; any thread.
 */
public interface SerializerProvider {
    /**
     * A serializer of a type that does not bring its own.
     *
     * @throws io.millrace.api.error.MillraceException {@code RECORD_TYPE_UNKNOWN} naming the class
     *     and the field if a part of it has no serial form
     */
    <T> TypeSerializer<T> serializerOf(TypeInformation<T> type, SerializerConfig config);

    /**
     * A serializer that reads data of a written schema into the classes as they are now.
     *
     * @param userLoader where the classes are looked for
     * @throws io.millrace.api.error.MillraceException {@code SCHEMA_INCOMPATIBLE} naming class,
     *     field and both types
     */
    <T> TypeSerializer<T> readerOf(byte[] writtenSchema, ClassLoader userLoader);

    /** Whether data of an older written schema can be read by a serializer of the new one. */
    <T> TypeSerializerSchemaCompatibility<T> compatibility(
            byte[] writtenSchema, byte[] schemaNow, ClassLoader userLoader);

    /**
     * The bytes of a value by Java serialization.
     *
     * @param where names the value in errors
     */
    byte[] writeJava(Object value, String where);

    /** Reads what {@link #writeJava} wrote, unless it names classes that values do not need. */
    <T> T readJava(byte[] bytes, ClassLoader userLoader, Class<T> type);
}
