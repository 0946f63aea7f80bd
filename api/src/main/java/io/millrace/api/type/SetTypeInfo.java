package io.millrace.api.type;

import java.util.List;
import java.util.Set;

/** The description of a set. Immutable. */
public final class SetTypeInfo<E> extends SimpleType<Set<E>> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<E> element;

    @SuppressWarnings("unchecked")
    public SetTypeInfo(TypeInformation<E> element) {
        super((Class<Set<E>>) (Class<?>) Set.class);
        this.element = element;
    }

    public TypeInformation<E> getElementTypeInfo() {
        return element;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.SET;
    }

    @Override
    List<TypeInformation<?>> elements() {
        return List.of(element);
    }

    @Override
    public String toString() {
        return "Set<" + element + ">";
    }
}
