package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.stream.ExecutionConfig;

/** The description of a class about which no more is known. Immutable. */
public class GenericTypeInfo<T> extends SimpleType<T> implements AtomicType<T> {
    private static final long serialVersionUID = 1L;

    public GenericTypeInfo(Class<T> typeClass) {
        super(typeClass);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.GENERIC;
    }

    /** True if the class has an equality and a hash code of its own. */
    @Override
    public boolean isKeyType() {
        return StableHash.isDefinedBy(getTypeClass());
    }

    @Override
    public boolean isSortKeyType() {
        return isKeyType() && Comparable.class.isAssignableFrom(getTypeClass());
    }

    /**
     * By the natural order.
     *
     * @throws MillraceException if the class has none
     */
    @Override
    public TypeComparator<T> createComparator(
            boolean sortOrderAscending, ExecutionConfig executionConfig) {
        if (!Comparable.class.isAssignableFrom(getTypeClass())) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    getTypeClass().getName() + " has no order: it does not implement Comparable.");
        }
        return new ValueComparator<>(this, sortOrderAscending);
    }

    @Override
    public String toString() {
        return "GenericType<" + getTypeClass().getCanonicalName() + ">";
    }
}
