package io.millrace.api.type;

import java.util.List;

/** The description of a collection. Immutable. */
abstract class CollectionType<T> extends SimpleType<T> {
    private static final long serialVersionUID = 1L;

    private final List<TypeInformation<?>> elements;

    CollectionType(Class<T> typeClass, TypeInformation<?>... elements) {
        super(typeClass);
        this.elements = List.of(elements);
    }

    /** A collection has no fixed number of fields. */
    @Override
    public int getArity() {
        return 0;
    }

    @SuppressWarnings("unchecked") // the constructor of the subclass took it with that type
    final <E> TypeInformation<E> element(int index) {
        return (TypeInformation<E>) elements.get(index);
    }

    @Override
    final List<TypeInformation<?>> elements() {
        return elements;
    }
}
