package io.millrace.api.type;

import io.millrace.api.serialization.PrimitiveArrayComparator;
import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.stream.ExecutionConfig;

/** The description of an array of primitives. Immutable. */
public class PrimitiveArrayTypeInfo<T> extends SimpleType<T> implements AtomicType<T> {
    private static final long serialVersionUID = 1L;

    public static final PrimitiveArrayTypeInfo<boolean[]> BOOLEAN_PRIMITIVE_ARRAY_TYPE_INFO =
            new PrimitiveArrayTypeInfo<>(boolean[].class);
    public static final PrimitiveArrayTypeInfo<byte[]> BYTE_PRIMITIVE_ARRAY_TYPE_INFO =
            new PrimitiveArrayTypeInfo<>(byte[].class);
    public static final PrimitiveArrayTypeInfo<short[]> SHORT_PRIMITIVE_ARRAY_TYPE_INFO =
            new PrimitiveArrayTypeInfo<>(short[].class);
    public static final PrimitiveArrayTypeInfo<int[]> INT_PRIMITIVE_ARRAY_TYPE_INFO =
            new PrimitiveArrayTypeInfo<>(int[].class);
    public static final PrimitiveArrayTypeInfo<long[]> LONG_PRIMITIVE_ARRAY_TYPE_INFO =
            new PrimitiveArrayTypeInfo<>(long[].class);
    public static final PrimitiveArrayTypeInfo<float[]> FLOAT_PRIMITIVE_ARRAY_TYPE_INFO =
            new PrimitiveArrayTypeInfo<>(float[].class);
    public static final PrimitiveArrayTypeInfo<double[]> DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO =
            new PrimitiveArrayTypeInfo<>(double[].class);
    public static final PrimitiveArrayTypeInfo<char[]> CHAR_PRIMITIVE_ARRAY_TYPE_INFO =
            new PrimitiveArrayTypeInfo<>(char[].class);

    private PrimitiveArrayTypeInfo(Class<T> arrayClass) {
        super(arrayClass);
    }

    /** The description of a primitive array's class, or null if it is not one. */
    @SuppressWarnings("unchecked")
    public static <X> PrimitiveArrayTypeInfo<X> getInfoFor(Class<X> type) {
        boolean known = type.isArray() && type.getComponentType().isPrimitive();
        return known ? new PrimitiveArrayTypeInfo<>(type) : null;
    }

    public Class<?> getComponentClass() {
        return getTypeClass().getComponentType();
    }

    /** The boxed type of an element. */
    public TypeInformation<?> getComponentType() {
        return BasicTypeInfo.getInfoFor(getComponentClass());
    }

    @Override
    public TypeKind kind() {
        return TypeKind.PRIMITIVE_ARRAY;
    }

    /**
     * True, since arrays have an order: see {@link #createComparator}. {@code keyBy} refuses them
     * all the same, because the hash code of an array says nothing about its content.
     */
    @Override
    public boolean isKeyType() {
        return true;
    }

    @Override
    public PrimitiveArrayComparator<T, ?> createComparator(
            boolean sortOrderAscending, ExecutionConfig executionConfig) {
        return new PrimitiveArrayComparator<>(
                sortOrderAscending, createSerializer(new SerializerSettings()));
    }

    @Override
    public String toString() {
        return getComponentClass().getName() + "[]";
    }
}
