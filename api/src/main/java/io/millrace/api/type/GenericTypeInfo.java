package io.millrace.api.type;

/** The description of a class about which no more is known. Immutable. */
public class GenericTypeInfo<T> extends SimpleType<T> {
    private static final long serialVersionUID = 1L;

    public GenericTypeInfo(Class<T> typeClass) {
        super(typeClass);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.GENERIC;
    }

    /** True if the class has an equality and a hash code of its own. */
    @Override
    public boolean isKeyType() {
        return StableHash.isDefinedBy(getTypeClass());
    }

    @Override
    public String toString() {
        return "Generic<" + getTypeClass().getCanonicalName() + ">";
    }
}
