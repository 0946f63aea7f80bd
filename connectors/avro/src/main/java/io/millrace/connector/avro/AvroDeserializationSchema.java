package io.millrace.connector.avro;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.avro.AvroFormatOptions.AvroEncoding;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes a record of each message of Avro, which has the bytes of one record and nothing else.
 * Confined to its task.
 */
public class AvroDeserializationSchema<T> implements DeserializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> recordClass;
    private final String schemaText;
    private final AvroEncoding encoding;
    private transient Schema schema; // null until the first message
    private transient DatumReader<T> reader;
    private transient BinaryDecoder decoder;

    /** For records of one schema, written with the same. */
    AvroDeserializationSchema(Class<T> recordClass, Schema schema, AvroEncoding encoding) {
        this.recordClass = Objects.requireNonNull(recordClass, "record class");
        this.schemaText = schema.toString();
        this.encoding = Objects.requireNonNull(encoding, "encoding");
    }

    /** In Avro's binary form. */
    public static AvroDeserializationSchema<GenericRecord> forGeneric(Schema schema) {
        return forGeneric(schema, AvroEncoding.BINARY);
    }

    public static AvroDeserializationSchema<GenericRecord> forGeneric(
            Schema schema, AvroEncoding encoding) {
        return new AvroDeserializationSchema<>(GenericRecord.class, schema, encoding);
    }

    /** In Avro's binary form. */
    public static <T extends SpecificRecord> AvroDeserializationSchema<T> forSpecific(
            Class<T> tClass) {
        return forSpecific(tClass, AvroEncoding.BINARY);
    }

    public static <T extends SpecificRecord> AvroDeserializationSchema<T> forSpecific(
            Class<T> tClass, AvroEncoding encoding) {
        return new AvroDeserializationSchema<>(tClass, AvroData.schemaOf(tClass), encoding);
    }

    /** The schema that records are made with. */
    final Schema wanted() {
        if (schema == null) {
            schema = new Schema.Parser().parse(schemaText);
        }
        return schema;
    }

    final DatumReader<T> readerOf(Schema written) {
        return AvroDatums.reader(recordClass, written, wanted());
    }

    /**
     * Null for null.
     *
     * @throws MillraceException {@code INPUT_MALFORMED}
     */
    @Override
    public T deserialize(byte[] message) throws IOException {
        if (message == null) {
            return null;
        }
        if (reader == null) {
            reader = readerOf(wanted());
        }
        return read(reader, message, 0);
    }

    /**
     * @param offset where the record begins
     */
    final T read(DatumReader<T> reader, byte[] message, int offset) throws IOException {
        try {
            if (encoding == AvroEncoding.JSON) {
                String text =
                        new String(
                                message,
                                offset,
                                message.length - offset,
                                java.nio.charset.StandardCharsets.UTF_8);
                return reader.read(null, DecoderFactory.get().jsonDecoder(wanted(), text));
            }
            decoder =
                    DecoderFactory.get()
                            .binaryDecoder(message, offset, message.length - offset, decoder);
            T record = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw malformed(message, "bytes are left behind the record", null);
            }
            return record;
        } catch (EOFException e) {
            throw malformed(message, "it ends inside of the record", e);
        } catch (AvroRuntimeException | IndexOutOfBoundsException e) {
            throw malformed(message, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw malformed(message, String.valueOf(e.getMessage()), e);
        }
    }

    private MillraceException malformed(byte[] message, String why, Exception cause) {
        return new MillraceException(
                ErrorCode.INPUT_MALFORMED,
                "a message of "
                        + message.length
                        + " bytes is no "
                        + wanted().getFullName()
                        + " in Avro's "
                        + encoding.name().toLowerCase(java.util.Locale.ROOT)
                        + " form: "
                        + why
                        + ". Check that it was written with this schema; messages of a schema"
                        + " registry need ConfluentRegistryAvroDeserializationSchema.",
                cause);
    }

    @Override
    public boolean isEndOfStream(T nextElement) {
        return false;
    }

    @Override
    @SuppressWarnings("unchecked") // generic records have the one class
    public TypeInformation<T> getProducedType() {
        return recordClass == (Class<?>) GenericRecord.class
                ? (TypeInformation<T>) new GenericRecordAvroTypeInfo(wanted())
                : TypeInformation.of(recordClass);
    }
}
