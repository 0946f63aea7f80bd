package io.millrace.api.type;

import java.util.List;

/** The description of a sealed interface or class: every class that a value can have. Immutable. */
public final class SealedTypeInfo<T> extends SimpleType<T> {
    private static final long serialVersionUID = 1L;

    private final List<TypeInformation<? extends T>> leaves;

    SealedTypeInfo(Class<T> typeClass, List<TypeInformation<? extends T>> leaves) {
        super(typeClass);
        this.leaves = List.copyOf(leaves);
    }

    /** The concrete classes in the order of declaration, those of nested sealed types included. */
    public List<TypeInformation<? extends T>> leaves() {
        return leaves;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.SEALED;
    }

    @Override
    public boolean isKeyType() {
        return leaves.stream().allMatch(TypeInformation::isKeyType);
    }

    /** False: it has no order. */
    @Override
    public boolean isSortKeyType() {
        return false;
    }

    @Override
    List<TypeInformation<?>> elements() {
        return List.copyOf(leaves);
    }

    @Override
    public String toString() {
        return "Sealed<" + getTypeClass().getSimpleName() + ">" + leaves;
    }
}
