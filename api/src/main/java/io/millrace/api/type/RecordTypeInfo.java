package io.millrace.api.type;

import java.util.List;
import java.util.stream.Collectors;

/** The description of a Java record; its fields are the components in order. Immutable. */
public final class RecordTypeInfo<T> extends CompositeType<T> {
    private static final long serialVersionUID = 1L;

    RecordTypeInfo(Class<T> typeClass, List<TypeField> components) {
        super(typeClass, components);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.RECORD;
    }

    @Override
    public boolean isKeyType() {
        return fields().stream().allMatch(field -> field.type().isKeyType());
    }

    @Override
    public String toString() {
        return "Record<"
                + getTypeClass().getSimpleName()
                + fields().stream()
                        .map(TypeField::toString)
                        .collect(Collectors.joining(", ", "(", ")>"));
    }
}
