package io.millrace.connector.avro;

import io.millrace.connector.avro.AvroFormatOptions.AvroEncoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes a message of each record that names its schema in a schema registry, where it is registered
 * with the first record. Confined to its task.
 */
public class ConfluentRegistryAvroSerializationSchema<T> extends AvroSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final String subject;
    private final RegistryAddress address;
    private transient byte[] head; // null until the first record

    private ConfluentRegistryAvroSerializationSchema(
            Class<T> recordClass, String subject, Schema schema, RegistryAddress address) {
        super(recordClass, schema, AvroEncoding.BINARY);
        this.subject = Objects.requireNonNull(subject, "subject");
        this.address = address;
    }

    /**
     * @param subject as in {@code topic-value}
     */
    public static <T extends SpecificRecord>
            ConfluentRegistryAvroSerializationSchema<T> forSpecific(
                    Class<T> tClass, String subject, String schemaRegistryUrl) {
        return forSpecific(tClass, subject, schemaRegistryUrl, null);
    }

    /**
     * @param registryConfigs {@code basic.auth.user.info}; null for none
     */
    public static <T extends SpecificRecord>
            ConfluentRegistryAvroSerializationSchema<T> forSpecific(
                    Class<T> tClass,
                    String subject,
                    String schemaRegistryUrl,
                    Map<String, ?> registryConfigs) {
        return new ConfluentRegistryAvroSerializationSchema<>(
                tClass,
                subject,
                AvroData.schemaOf(tClass),
                RegistryAddress.of(
                        schemaRegistryUrl, RegistryAddress.DEFAULT_CAPACITY, registryConfigs));
    }

    /**
     * @param subject as in {@code topic-value}
     */
    public static ConfluentRegistryAvroSerializationSchema<GenericRecord> forGeneric(
            String subject, Schema schema, String schemaRegistryUrl) {
        return forGeneric(subject, schema, schemaRegistryUrl, null);
    }

    /**
     * @param registryConfigs {@code basic.auth.user.info}; null for none
     */
    public static ConfluentRegistryAvroSerializationSchema<GenericRecord> forGeneric(
            String subject,
            Schema schema,
            String schemaRegistryUrl,
            Map<String, ?> registryConfigs) {
        return new ConfluentRegistryAvroSerializationSchema<>(
                GenericRecord.class,
                subject,
                schema,
                RegistryAddress.of(
                        schemaRegistryUrl, RegistryAddress.DEFAULT_CAPACITY, registryConfigs));
    }

    @Override
    public byte[] serialize(T element) {
        if (element == null) {
            return null;
        }
        if (head == null) {
            try {
                int id = new SchemaRegistry(address, Thread::sleep).idOf(subject, getSchema());
                head =
                        ByteBuffer.allocate(ConfluentRegistryAvroDeserializationSchema.HEAD_BYTES)
                                .putInt(1, id)
                                .array();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return write(element, head);
    }
}
