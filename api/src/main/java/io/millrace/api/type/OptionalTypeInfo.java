package io.millrace.api.type;

import java.util.List;
import java.util.Optional;

/** The description of an optional. Immutable. */
public final class OptionalTypeInfo<E> extends SimpleType<Optional<E>> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<E> element;

    @SuppressWarnings("unchecked")
    public OptionalTypeInfo(TypeInformation<E> element) {
        super((Class<Optional<E>>) (Class<?>) Optional.class);
        this.element = element;
    }

    public TypeInformation<E> getElementTypeInfo() {
        return element;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.OPTIONAL;
    }

    @Override
    public boolean isKeyType() {
        return element.isKeyType();
    }

    /** False: it has no order. */
    @Override
    public boolean isSortKeyType() {
        return false;
    }

    @Override
    List<TypeInformation<?>> elements() {
        return List.of(element);
    }

    @Override
    public String toString() {
        return "Optional<" + element + ">";
    }
}
