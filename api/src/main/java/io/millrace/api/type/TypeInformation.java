package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The description of a type of records. Immutable.
 *
 * @param <T> the type
 */
public abstract class TypeInformation<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Which of the describing classes this is. */
    public abstract TypeKind kind();

    /** A single value: boxed, string, date. */
    public abstract boolean isBasicType();

    public abstract boolean isTupleType();

    /** Number of fields, not counting those of nested types; 1 for what has no fields. */
    public abstract int getArity();

    /** Number of fields, counting those of nested types; at least 1. */
    public abstract int getTotalFields();

    public abstract Class<T> getTypeClass();

    /** The types of the class's own type parameters by name, as far as known. */
    public Map<String, TypeInformation<?>> getGenericParameters() {
        return new LinkedHashMap<>();
    }

    /** Whether values have equality and a hash code that is the same in every process. */
    public abstract boolean isKeyType();

    /** Whether values have an order. */
    public boolean isSortKeyType() {
        return isKeyType() && Comparable.class.isAssignableFrom(getTypeClass());
    }

    /** Whether {@code other} may be equal to this: an instance of the same description class. */
    public abstract boolean canEqual(Object other);

    @Override
    public abstract boolean equals(Object other);

    @Override
    public abstract int hashCode();

    @Override
    public abstract String toString();

    /**
     * The description of a class without type parameters.
     *
     * @throws MillraceException if the class has some, since they cannot be found from it
     */
    public static <T> TypeInformation<T> of(Class<T> typeClass) {
        TypeInformation<T> found = TypeExtractor.ofClass(typeClass);
        if (found == null) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "The type parameters of "
                            + typeClass.getName()
                            + " cannot be found from its class. Give them with new TypeHint<"
                            + typeClass.getSimpleName()
                            + "<…>>() {}.");
        }
        return found;
    }

    /** The description of a type with its type parameters. */
    public static <T> TypeInformation<T> of(TypeHint<T> typeHint) {
        return typeHint.getTypeInfo();
    }
}
