package io.millrace.api.type.variant;

import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;

/** The description of {@link Variant}: values that know their own type. Immutable. */
public class VariantTypeInfo extends TypeInformation<Variant> {
    private static final long serialVersionUID = 1L;

    public static final VariantTypeInfo INSTANCE = new VariantTypeInfo();

    private VariantTypeInfo() {}

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
    public Class<Variant> getTypeClass() {
        return Variant.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<Variant> createSerializer(SerializerConfig config) {
        return VariantSerializer.INSTANCE;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof VariantTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VariantTypeInfo;
    }

    @Override
    public int hashCode() {
        return VariantTypeInfo.class.getName().hashCode();
    }

    @Override
    public String toString() {
        return "Variant";
    }
}
