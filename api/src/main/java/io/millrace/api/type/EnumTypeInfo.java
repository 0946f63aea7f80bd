package io.millrace.api.type;

import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.stream.ExecutionConfig;

/** The description of an enum. Immutable. */
public class EnumTypeInfo<T extends Enum<T>> extends SimpleType<T> implements AtomicType<T> {
    private static final long serialVersionUID = 1L;

    public EnumTypeInfo(Class<T> typeClass) {
        super(typeClass);
        if (!Enum.class.isAssignableFrom(typeClass)) {
            throw new IllegalArgumentException(typeClass.getName() + " is not an enum.");
        }
    }

    @Override
    public TypeKind kind() {
        return TypeKind.ENUM;
    }

    /** Enums may be keys: the engine hashes them by their name, which is the same everywhere. */
    @Override
    public boolean isKeyType() {
        return true;
    }

    /** In the order of declaration. */
    @Override
    public TypeComparator<T> createComparator(
            boolean sortOrderAscending, ExecutionConfig executionConfig) {
        return new ValueComparator<>(this, sortOrderAscending);
    }

    @Override
    public String toString() {
        return "EnumTypeInfo<" + getTypeClass().getName() + ">";
    }
}
