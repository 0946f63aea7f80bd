package io.millrace.connector.avro;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.SerializationSchema;
import io.millrace.connector.avro.AvroFormatOptions.AvroEncoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;

/** Makes a message of each record: its bytes and nothing else. Confined to its task. */
public class AvroSerializationSchema<T> implements SerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> recordClass;
    private final String schemaText;
    private final AvroEncoding encoding;
    private transient Schema schema; // null until the first record
    private transient DatumWriter<T> writer;
    private transient BinaryEncoder binary;
    private transient ByteArrayOutputStream bytes;

    AvroSerializationSchema(Class<T> recordClass, Schema schema, AvroEncoding encoding) {
        this.recordClass = Objects.requireNonNull(recordClass, "record class");
        this.schemaText = schema.toString();
        this.encoding = Objects.requireNonNull(encoding, "encoding");
    }

    /** In Avro's binary form. */
    public static <T extends SpecificRecord> AvroSerializationSchema<T> forSpecific(
            Class<T> tClass) {
        return forSpecific(tClass, AvroEncoding.BINARY);
    }

    public static <T extends SpecificRecord> AvroSerializationSchema<T> forSpecific(
            Class<T> tClass, AvroEncoding encoding) {
        return new AvroSerializationSchema<>(tClass, AvroData.schemaOf(tClass), encoding);
    }

    /** In Avro's binary form. */
    public static AvroSerializationSchema<GenericRecord> forGeneric(Schema schema) {
        return forGeneric(schema, AvroEncoding.BINARY);
    }

    public static AvroSerializationSchema<GenericRecord> forGeneric(
            Schema schema, AvroEncoding encoding) {
        return new AvroSerializationSchema<>(GenericRecord.class, schema, encoding);
    }

    /** The schema that records are written with. */
    public Schema getSchema() {
        if (schema == null) {
            schema = new Schema.Parser().parse(schemaText);
        }
        return schema;
    }

    /**
     * Null for null.
     *
     * @throws MillraceException {@code PROGRAM_INVALID} if the record is not of the schema
     */
    @Override
    public byte[] serialize(T element) {
        if (element == null) {
            return null;
        }
        return write(element, new byte[0]);
    }

    /**
     * @param head stands before the record
     */
    final byte[] write(T element, byte[] head) {
        if (writer == null) {
            writer = AvroDatums.writer(recordClass, getSchema());
            bytes = new ByteArrayOutputStream();
        }
        bytes.reset();
        bytes.writeBytes(head);
        try {
            Encoder encoder;
            if (encoding == AvroEncoding.JSON) {
                encoder = EncoderFactory.get().jsonEncoder(getSchema(), bytes);
            } else {
                binary = EncoderFactory.get().directBinaryEncoder(bytes, binary);
                encoder = binary;
            }
            writer.write(element, encoder);
            encoder.flush();
        } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
            // Avro has no error of its own for a null that its schema does not allow.
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "a record cannot be written as "
                            + getSchema().getFullName()
                            + ": "
                            + e.getMessage()
                            + ". Make records with the schema that the serialization has.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the bytes are in memory
        }
        return bytes.toByteArray();
    }
}
