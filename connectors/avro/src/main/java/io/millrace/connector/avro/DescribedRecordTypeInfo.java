package io.millrace.connector.avro;

import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;
import org.apache.avro.generic.GenericRecord;

/**
 * The description of generic records of which no schema was given: each is written with its own. A
 * {@link GenericRecordAvroTypeInfo} is shorter and faster. Immutable.
 */
final class DescribedRecordTypeInfo extends TypeInformation<GenericRecord> {
    private static final long serialVersionUID = 1L;

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

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<GenericRecord> createSerializer(SerializerConfig config) {
        return new DescribedRecordSerializer();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof DescribedRecordTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DescribedRecordTypeInfo;
    }

    @Override
    public int hashCode() {
        return DescribedRecordTypeInfo.class.getName().hashCode();
    }

    @Override
    public String toString() {
        return "GenericRecord";
    }
}
