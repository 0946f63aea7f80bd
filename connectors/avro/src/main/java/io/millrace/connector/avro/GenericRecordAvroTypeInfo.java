package io.millrace.connector.avro;

import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** The description of generic records that all have one schema. Immutable. */
public class GenericRecordAvroTypeInfo extends TypeInformation<GenericRecord> {
    private static final long serialVersionUID = 1L;

    private final Schema schema;

    public GenericRecordAvroTypeInfo(Schema schema) {
        this.schema = Objects.requireNonNull(schema);
    }

    public Schema getSchema() {
        return schema;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<GenericRecord> getTypeClass() {
        return GenericRecord.class;
    }

    /** False: the hash of a record depends on how its strings are held. */
    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<GenericRecord> createSerializer(SerializerConfig config) {
        return AvroSerializer.ofGeneric(schema);
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof GenericRecordAvroTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GenericRecordAvroTypeInfo that && schema.equals(that.schema);
    }

    @Override
    public int hashCode() {
        return schema.hashCode();
    }

    @Override
    public String toString() {
        return "GenericRecord(" + schema.getFullName() + ")";
    }
}
