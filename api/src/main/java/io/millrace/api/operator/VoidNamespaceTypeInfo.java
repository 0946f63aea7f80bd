package io.millrace.api.operator;

import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.TypeInformation;

/** The description of {@link VoidNamespace}. Immutable. */
public class VoidNamespaceTypeInfo extends TypeInformation<VoidNamespace> {
    private static final long serialVersionUID = 1L;

    public static final VoidNamespaceTypeInfo INSTANCE = new VoidNamespaceTypeInfo();

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
        return 0;
    }

    @Override
    public int getTotalFields() {
        return 0;
    }

    @Override
    public Class<VoidNamespace> getTypeClass() {
        return VoidNamespace.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<VoidNamespace> createSerializer(SerializerConfig config) {
        return VoidNamespaceSerializer.INSTANCE;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof VoidNamespaceTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VoidNamespaceTypeInfo;
    }

    @Override
    public int hashCode() {
        return VoidNamespaceTypeInfo.class.getName().hashCode();
    }

    @Override
    public String toString() {
        return "VoidNamespaceTypeInfo";
    }
}
