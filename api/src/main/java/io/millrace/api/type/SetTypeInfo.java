package io.millrace.api.type;

import java.util.Set;

/** The description of a set. Immutable. */
public class SetTypeInfo<T> extends CollectionType<Set<T>> {
    private static final long serialVersionUID = 1L;

    public SetTypeInfo(Class<T> elementTypeClass) {
        this(TypeInformation.of(elementTypeClass));
    }

    @SuppressWarnings("unchecked")
    public SetTypeInfo(TypeInformation<T> elementTypeInfo) {
        super((Class<Set<T>>) (Class<?>) Set.class, elementTypeInfo);
    }

    public TypeInformation<T> getElementTypeInfo() {
        return element(0);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.SET;
    }

    @Override
    public String toString() {
        return "Set<" + getElementTypeInfo() + ">";
    }
}
