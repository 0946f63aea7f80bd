package io.millrace.api.type;

/** The description of an enum. Immutable. */
public class EnumTypeInfo<T extends Enum<T>> extends SimpleType<T> {
    private static final long serialVersionUID = 1L;

    public EnumTypeInfo(Class<T> typeClass) {
        super(typeClass);
        if (!typeClass.isEnum()) {
            throw new IllegalArgumentException(typeClass.getName() + " is not an enum.");
        }
    }

    @Override
    public TypeKind kind() {
        return TypeKind.ENUM;
    }

    /** Enums may be keys: the engine hashes them by their ordinal, which is the same everywhere. */
    @Override
    public boolean isKeyType() {
        return true;
    }

    @Override
    public String toString() {
        return "Enum<" + getTypeClass().getSimpleName() + ">";
    }
}
