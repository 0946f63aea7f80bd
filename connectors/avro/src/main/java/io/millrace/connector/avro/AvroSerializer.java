package io.millrace.connector.avro;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import java.io.IOException;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes records in Avro's binary form, without their schema, which is in the snapshot. Has state:
 * confined to its user.
 *
 * @param <T> generated class, or {@link GenericRecord}
 */
public final class AvroSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final Schema writtenSchema;
    private final Schema schema;

    private transient Codec<T> codec;

    /**
     * @param writtenSchema of the data that is read
     * @param schema of the records as they are made, and written
     */
    AvroSerializer(Class<T> type, Schema writtenSchema, Schema schema) {
        this.type = Objects.requireNonNull(type);
        this.writtenSchema = Objects.requireNonNull(writtenSchema);
        this.schema = Objects.requireNonNull(schema);
    }

    /** Of a class that Avro generated. */
    static <T> AvroSerializer<T> ofSpecific(Class<T> type) {
        Schema schema = AvroData.schemaOf(type);
        return new AvroSerializer<>(type, schema, schema);
    }

    /** Of generic records of one schema. */
    static AvroSerializer<GenericRecord> ofGeneric(Schema schema) {
        return new AvroSerializer<>(GenericRecord.class, schema, schema);
    }

    Class<T> type() {
        return type;
    }

    Schema schema() {
        return schema;
    }

    /** What Avro keeps between records. */
    private static final class Codec<T> {
        final GenericData data;
        final DatumWriter<T> writer;
        final DatumReader<T> reader;
        final ViewInput input = new ViewInput();
        final ViewOutput output = new ViewOutput();
        BinaryEncoder encoder;
        BinaryDecoder decoder;

        @SuppressWarnings("unchecked") // the model makes readers and writers of its records
        Codec(Class<T> type, Schema writtenSchema, Schema schema) {
            data = AvroData.of(type, schema);
            writer = (DatumWriter<T>) data.createDatumWriter(schema);
            reader = (DatumReader<T>) data.createDatumReader(writtenSchema, schema);
        }
    }

    private Codec<T> codec() {
        if (codec == null) {
            codec = new Codec<>(type, writtenSchema, schema);
        }
        return codec;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return new AvroSerializer<>(type, writtenSchema, schema);
    }

    @Override
    @SuppressWarnings("unchecked")
    public T createInstance() {
        return (T) codec().data.newRecord(null, schema);
    }

    @Override
    public T copy(T from) {
        return codec().data.deepCopy(schema, from);
    }

    @Override
    public T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T record, DataOutputView target) throws IOException {
        Codec<T> now = codec();
        now.encoder = EncoderFactory.get().directBinaryEncoder(now.output.of(target), now.encoder);
        try {
            now.writer.write(record, now.encoder);
        } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new IOException(
                    "the record is not of the schema " + schema.getFullName() + ": " + e, e);
        }
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return deserialize(null, source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        Codec<T> now = codec();
        now.decoder = DecoderFactory.get().directBinaryDecoder(now.input.of(source), now.decoder);
        try {
            return now.reader.read(reuse, now.decoder);
        } catch (AvroRuntimeException e) {
            throw new IOException("no record of " + writtenSchema.getFullName() + ": " + e, e);
        }
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new AvroSerializerSnapshot<>(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AvroSerializer<?> that
                && type == that.type
                && schema.equals(that.schema)
                && writtenSchema.equals(that.writtenSchema);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + schema.hashCode();
    }

    @Override
    public String toString() {
        return "AvroSerializer[" + schema.getFullName() + "]";
    }
}
