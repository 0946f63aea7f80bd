package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.ExecutionConfig;

/** The description of single values in natural order. Immutable. */
abstract class ComparableType<T> extends SimpleType<T> implements AtomicType<T> {
    private static final long serialVersionUID = 1L;

    private final TypeSerializer<T> given;
    private final Class<? extends TypeComparator<T>> comparatorClass;

    ComparableType(Class<T> typeClass) {
        this(typeClass, null, null);
    }

    /**
     * @param given null for the engine's
     * @param comparatorClass with a constructor {@code (boolean ascending)}; null for ours
     */
    ComparableType(
            Class<T> typeClass,
            TypeSerializer<T> given,
            Class<? extends TypeComparator<T>> comparatorClass) {
        super(typeClass);
        this.given = given;
        this.comparatorClass = comparatorClass;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.BASIC;
    }

    @Override
    public boolean bringsSerializer() {
        return given != null || super.bringsSerializer();
    }

    @Override
    public boolean isKeyType() {
        return true;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return given != null ? given : super.createSerializer(config);
    }

    @Override
    public TypeComparator<T> createComparator(
            boolean sortOrderAscending, ExecutionConfig executionConfig) {
        if (comparatorClass == null) {
            return new ValueComparator<>(this, sortOrderAscending);
        }
        try {
            return comparatorClass.getConstructor(boolean.class).newInstance(sortOrderAscending);
        } catch (ReflectiveOperationException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    comparatorClass.getName()
                            + " cannot be made: it needs a public constructor (boolean ascending).",
                    e);
        }
    }
}
