package io.millrace.api.type;

import java.util.List;
import java.util.stream.Collectors;

/** The description of a Java record; its fields are the components in order. Immutable. */
public final class RecordTypeInfo<T> extends FieldedType<T> {
    private static final long serialVersionUID = 1L;

    RecordTypeInfo(Class<T> typeClass, List<TypeField> components) {
        super(typeClass, components);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.RECORD;
    }

    @Override
    FieldReader fieldReader() {
        return new MemberFieldReader(fields());
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RecordTypeInfo<?>;
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
