package io.millrace.api.type;

import java.util.List;

/** The description of a list. Immutable. */
public class ListTypeInfo<T> extends CollectionType<List<T>> {
    private static final long serialVersionUID = 1L;

    public ListTypeInfo(Class<T> elementTypeClass) {
        this(TypeInformation.of(elementTypeClass));
    }

    @SuppressWarnings("unchecked")
    public ListTypeInfo(TypeInformation<T> elementTypeInfo) {
        super((Class<List<T>>) (Class<?>) List.class, elementTypeInfo);
    }

    public TypeInformation<T> getElementTypeInfo() {
        return element(0);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.LIST;
    }

    @Override
    public boolean isKeyType() {
        return getElementTypeInfo().isKeyType();
    }

    @Override
    public boolean isSortKeyType() {
        return false;
    }

    @Override
    public String toString() {
        return "List<" + getElementTypeInfo() + ">";
    }
}
