package io.millrace.connector.avro;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.SimpleTypeSerializerSnapshot;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Writes generic records, each with its schema. Has state: confined to its user.
 *
 * <pre>
 * record := int length, schema as JSON in UTF-8, what {@link AvroSerializer} writes
 * </pre>
 */
public final class DescribedRecordSerializer extends TypeSerializer<GenericRecord> {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SCHEMAS = 64;
    private static final int MAX_BYTES = 1 << 24;

    private transient Map<String, AvroSerializer<GenericRecord>> bySchema;

    /** The serializer for a schema; those that were used last are kept. */
    private AvroSerializer<GenericRecord> serializer(String json, Schema known) {
        if (bySchema == null) {
            bySchema =
                    new LinkedHashMap<>() {
                        @Override
                        protected boolean removeEldestEntry(
                                Map.Entry<String, AvroSerializer<GenericRecord>> eldest) {
                            return size() > MAX_SCHEMAS;
                        }
                    };
        }
        return bySchema.computeIfAbsent(
                json,
                text ->
                        AvroSerializer.ofGeneric(
                                known != null ? known : new Schema.Parser().parse(text)));
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<GenericRecord> duplicate() {
        return new DescribedRecordSerializer();
    }

    /** Null: there is no record without a schema. */
    @Override
    public GenericRecord createInstance() {
        return null;
    }

    @Override
    public GenericRecord copy(GenericRecord from) {
        return GenericData.get().deepCopy(from.getSchema(), from);
    }

    @Override
    public GenericRecord copy(GenericRecord from, GenericRecord reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(GenericRecord record, DataOutputView target) throws IOException {
        String json = record.getSchema().toString();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        target.writeInt(bytes.length);
        target.write(bytes);
        serializer(json, record.getSchema()).serialize(record, target);
    }

    @Override
    public GenericRecord deserialize(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("The schema of a record is said to have " + length + " bytes.");
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return serializer(new String(bytes, StandardCharsets.UTF_8), null).deserialize(source);
    }

    @Override
    public GenericRecord deserialize(GenericRecord reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DescribedRecordSerializer;
    }

    @Override
    public int hashCode() {
        return DescribedRecordSerializer.class.getName().hashCode();
    }

    @Override
    public TypeSerializerSnapshot<GenericRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Each record says its schema itself. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<GenericRecord> {
        public Snapshot() {
            super(DescribedRecordSerializer::new);
        }
    }
}
