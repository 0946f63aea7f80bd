package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.ExecutionConfig;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The description of a type of records. Immutable.
 *
 * <p>The descriptions of this package are served by serializers that the engine generates. A
 * program's own description overrides one of the two forms of {@code createSerializer}; the engine
 * then uses what that returns, wherever such values go.
 *
 * @param <T> the type
 */
public abstract class TypeInformation<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Which of the describing classes this is; {@code CUSTOM} for those of programs. */
    public TypeKind kind() {
        return TypeKind.CUSTOM;
    }

    /** Whether values are written by what {@code createSerializer} of the program's own returns. */
    public boolean bringsSerializer() {
        return OwnSerializer.isBroughtBy(getClass());
    }

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
        return isKeyType();
    }

    /**
     * A serializer of values of this type.
     *
     * @throws MillraceException {@code RECORD_TYPE_UNKNOWN} naming class and field if a part of the
     *     type has no serial form; {@code PROGRAM_INVALID} if there is no engine in this process
     */
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        if (OwnSerializer.overrides(getClass(), ExecutionConfig.class)) {
            return createSerializer(new ExecutionConfig());
        }
        if (kind() == TypeKind.CUSTOM) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    getClass().getName()
                            + " describes a type without saying how it is written. Override"
                            + " createSerializer(SerializerConfig).");
        }
        return EngineSerializers.provider()
                .serializerOf(this, config == null ? new SerializerSettings() : config);
    }

    /**
     * Same, with the configuration of a whole program.
     *
     * @param config may be null
     * @deprecated use {@link #createSerializer(SerializerConfig)}
     */
    @Deprecated
    public TypeSerializer<T> createSerializer(ExecutionConfig config) {
        return createSerializer(
                config == null ? new SerializerSettings() : config.getSerializerConfig());
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
