package io.millrace.api.type;

import java.util.List;

/** The description of a list. Immutable. */
public final class ListTypeInfo<E> extends SimpleType<List<E>> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<E> element;

    @SuppressWarnings("unchecked")
    public ListTypeInfo(TypeInformation<E> element) {
        super((Class<List<E>>) (Class<?>) List.class);
        this.element = element;
    }

    public TypeInformation<E> getElementTypeInfo() {
        return element;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.LIST;
    }

    @Override
    public boolean isKeyType() {
        return element.isKeyType();
    }

    @Override
    List<TypeInformation<?>> elements() {
        return List.of(element);
    }

    @Override
    public String toString() {
        return "List<" + element + ">";
    }
}
