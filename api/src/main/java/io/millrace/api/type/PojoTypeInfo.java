package io.millrace.api.type;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The description of a plain class: a public default constructor, and fields that are public or
 * have getter and setter. Fields are sorted by name. Immutable.
 */
public class PojoTypeInfo<T> extends CompositeType<T> {
    private static final long serialVersionUID = 1L;

    PojoTypeInfo(Class<T> typeClass, List<TypeField> fieldsByName) {
        super(typeClass, fieldsByName);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.POJO;
    }

    @Override
    public boolean isKeyType() {
        return StableHash.isDefinedBy(getTypeClass());
    }

    @Override
    public String toString() {
        return "POJO<"
                + getTypeClass().getSimpleName()
                + fields().stream()
                        .map(TypeField::toString)
                        .collect(Collectors.joining(", ", "(", ")>"));
    }
}
