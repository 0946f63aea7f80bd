package io.millrace.connector.avro;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.connector.avro.AvroFormatOptions.AvroEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes a record of each message that names its schema in a schema registry: a zero byte, the
 * schema's id in four bytes, and the record in Avro's binary form. What was written with another
 * schema is made with this one by Avro's rules of evolution. Confined to its task.
 */
public class ConfluentRegistryAvroDeserializationSchema<T> extends AvroDeserializationSchema<T> {
    private static final long serialVersionUID = 1L;
    static final int HEAD_BYTES = 5;

    private final RegistryAddress address;
    private transient SchemaRegistry registry; // null until the first message
    private transient Map<Integer, DatumReader<T>> readers;

    private ConfluentRegistryAvroDeserializationSchema(
            Class<T> recordClass, Schema schema, RegistryAddress address) {
        super(recordClass, schema, AvroEncoding.BINARY);
        this.address = address;
    }

    public static ConfluentRegistryAvroDeserializationSchema<GenericRecord> forGeneric(
            Schema schema, String url) {
        return forGeneric(schema, url, RegistryAddress.DEFAULT_CAPACITY);
    }

    /**
     * @param identityMapCapacity how many schemas one task may meet
     */
    public static ConfluentRegistryAvroDeserializationSchema<GenericRecord> forGeneric(
            Schema schema, String url, int identityMapCapacity) {
        return forGeneric(schema, url, identityMapCapacity, null);
    }

    /**
     * @param registryConfigs {@code basic.auth.user.info}; null for none
     */
    public static ConfluentRegistryAvroDeserializationSchema<GenericRecord> forGeneric(
            Schema schema, String url, Map<String, ?> registryConfigs) {
        return forGeneric(schema, url, RegistryAddress.DEFAULT_CAPACITY, registryConfigs);
    }

    public static ConfluentRegistryAvroDeserializationSchema<GenericRecord> forGeneric(
            Schema schema, String url, int identityMapCapacity, Map<String, ?> registryConfigs) {
        return new ConfluentRegistryAvroDeserializationSchema<>(
                GenericRecord.class,
                schema,
                RegistryAddress.of(url, identityMapCapacity, registryConfigs));
    }

    public static <T extends SpecificRecord>
            ConfluentRegistryAvroDeserializationSchema<T> forSpecific(Class<T> tClass, String url) {
        return forSpecific(tClass, url, RegistryAddress.DEFAULT_CAPACITY);
    }

    /**
     * @param identityMapCapacity how many schemas one task may meet
     */
    public static <T extends SpecificRecord>
            ConfluentRegistryAvroDeserializationSchema<T> forSpecific(
                    Class<T> tClass, String url, int identityMapCapacity) {
        return forSpecific(tClass, url, identityMapCapacity, null);
    }

    /**
     * @param registryConfigs {@code basic.auth.user.info}; null for none
     */
    public static <T extends SpecificRecord>
            ConfluentRegistryAvroDeserializationSchema<T> forSpecific(
                    Class<T> tClass, String url, Map<String, ?> registryConfigs) {
        return forSpecific(tClass, url, RegistryAddress.DEFAULT_CAPACITY, registryConfigs);
    }

    public static <T extends SpecificRecord>
            ConfluentRegistryAvroDeserializationSchema<T> forSpecific(
                    Class<T> tClass,
                    String url,
                    int identityMapCapacity,
                    Map<String, ?> registryConfigs) {
        return new ConfluentRegistryAvroDeserializationSchema<>(
                tClass,
                AvroData.schemaOf(tClass),
                RegistryAddress.of(url, identityMapCapacity, registryConfigs));
    }

    @Override
    public T deserialize(byte[] message) throws IOException {
        if (message == null) {
            return null;
        }
        if (message.length < HEAD_BYTES || message[0] != 0) {
            throw new MillraceException(
                    ErrorCode.INPUT_MALFORMED,
                    "a message of "
                            + message.length
                            + " bytes does not begin with a zero byte and the id of a schema. Check"
                            + " that it was written with a schema registry; others need"
                            + " AvroDeserializationSchema.");
        }
        if (registry == null) {
            registry = new SchemaRegistry(address, Thread::sleep);
            readers = new HashMap<>();
        }
        int id = ByteBuffer.wrap(message).getInt(1);
        DatumReader<T> reader = readers.get(id);
        if (reader == null) {
            reader = readerOf(registry.schemaOf(id));
            readers.put(id, reader);
        }
        return read(reader, message, HEAD_BYTES);
    }
}
