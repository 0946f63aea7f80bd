package io.millrace.api.type;

import java.util.List;

/** The description of a type without fields. Immutable. */
abstract class SimpleType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> typeClass;

    SimpleType(Class<T> typeClass) {
        this.typeClass = java.util.Objects.requireNonNull(typeClass);
    }

    @Override
    public Class<T> getTypeClass() {
        return typeClass;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    /** The types of elements, which equality compares too; empty if there are none. */
    List<TypeInformation<?>> elements() {
        return List.of();
    }

    @Override
    public boolean canEqual(Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SimpleType<?> that
                && that.canEqual(this)
                && typeClass == that.typeClass
                && elements().equals(that.elements());
    }

    @Override
    public int hashCode() {
        return 31 * typeClass.hashCode() + elements().hashCode();
    }
}
