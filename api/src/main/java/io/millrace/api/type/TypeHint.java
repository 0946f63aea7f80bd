package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/**
 * Captures a type with its parameters: {@code new TypeHint<Tuple2<String, Long>>() {}}. Immutable.
 *
 * @param <T> the type
 */
public abstract class TypeHint<T> {
    private final TypeInformation<T> typeInfo;

    /**
     * @throws MillraceException if a parameter is a type variable and so unknown
     */
    @SuppressWarnings({"unchecked", "this-escape"})
    public TypeHint() {
        this.typeInfo =
                (TypeInformation<T>) TypeExtractor.parameterOf(getClass(), TypeHint.class, 0);
        if (typeInfo == null) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "The type hint "
                            + getClass().getGenericSuperclass().getTypeName()
                            + " has an unknown type variable. Write the type itself.");
        }
    }

    public TypeInformation<T> getTypeInfo() {
        return typeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TypeHint<?> that && typeInfo.equals(that.typeInfo);
    }

    @Override
    public int hashCode() {
        return typeInfo.hashCode();
    }

    @Override
    public String toString() {
        return "TypeHint: " + typeInfo;
    }
}
