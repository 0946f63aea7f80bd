package io.millrace.connector.avro;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSchemaCompatibility;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * The class and the schema beside data of Avro; whether and how a newer schema reads it is what
 * Avro says. Confined to its user.
 *
 * <pre>
 * version 1 := UTF class, int length, schema as JSON in UTF-8
 * </pre>
 *
 * @param <T> the class of the records
 */
public final class AvroSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int VERSION = 1;
    private static final int MAX_BYTES = 1 << 24;

    private Class<T> type;
    private Schema schema;

    /** To read with. */
    public AvroSerializerSnapshot() {}

    AvroSerializerSnapshot(AvroSerializer<T> serializer) {
        this.type = serializer.type();
        this.schema = serializer.schema();
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        byte[] json = schema.toString().getBytes(StandardCharsets.UTF_8);
        out.writeUTF(type.getName());
        out.writeInt(json.length);
        out.write(json);
    }

    @Override
    @SuppressWarnings("unchecked") // the class was that of the records when it was written
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
            throws IOException {
        if (readVersion != VERSION) {
            throw new IOException(
                    "A snapshot of Avro records is of version "
                            + readVersion
                            + "; this release knows version "
                            + VERSION
                            + ".");
        }
        String name = in.readUTF();
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException(
                    "The schema of " + name + " is said to have " + length + " bytes.");
        }
        byte[] json = new byte[length];
        in.readFully(json);
        try {
            type = (Class<T>) Class.forName(name, true, loader);
            schema = new Schema.Parser().parse(new String(json, StandardCharsets.UTF_8));
        } catch (ClassNotFoundException | AvroRuntimeException e) {
            throw new IOException("The snapshot of Avro records of " + name + ": " + e, e);
        }
    }

    /** Reads data of the stored schema into the class, or else the schema, of today. */
    @Override
    public TypeSerializer<T> restoreSerializer() {
        boolean generated = SpecificRecord.class.isAssignableFrom(type);
        return new AvroSerializer<>(type, schema, generated ? AvroData.schemaOf(type) : schema);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> oldSerializerSnapshot) {
        if (!(oldSerializerSnapshot instanceof AvroSerializerSnapshot<T> old)
                || GenericRecord.class.isAssignableFrom(type)
                        != GenericRecord.class.isAssignableFrom(old.type)) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        if (schema.equals(old.schema)) {
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }
        SchemaCompatibilityType answer =
                SchemaCompatibility.checkReaderWriterCompatibility(schema, old.schema).getType();
        return answer == SchemaCompatibilityType.COMPATIBLE
                ? TypeSerializerSchemaCompatibility.compatibleWithReconfiguredSerializer(
                        new AvroSerializer<>(type, old.schema, schema))
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
