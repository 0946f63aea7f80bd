package io.millrace.api.type;

import java.util.List;

/** The description of an array of strings or boxed primitives. Immutable. */
public final class BasicArrayTypeInfo<T, C> extends SimpleType<T> {
    private static final long serialVersionUID = 1L;

    public static final BasicArrayTypeInfo<String[], String> STRING_ARRAY_TYPE_INFO =
            new BasicArrayTypeInfo<>(String[].class, BasicTypeInfo.STRING_TYPE_INFO);
    public static final BasicArrayTypeInfo<Boolean[], Boolean> BOOLEAN_ARRAY_TYPE_INFO =
            new BasicArrayTypeInfo<>(Boolean[].class, BasicTypeInfo.BOOLEAN_TYPE_INFO);
    public static final BasicArrayTypeInfo<Byte[], Byte> BYTE_ARRAY_TYPE_INFO =
            new BasicArrayTypeInfo<>(Byte[].class, BasicTypeInfo.BYTE_TYPE_INFO);
    public static final BasicArrayTypeInfo<Short[], Short> SHORT_ARRAY_TYPE_INFO =
            new BasicArrayTypeInfo<>(Short[].class, BasicTypeInfo.SHORT_TYPE_INFO);
    public static final BasicArrayTypeInfo<Integer[], Integer> INT_ARRAY_TYPE_INFO =
            new BasicArrayTypeInfo<>(Integer[].class, BasicTypeInfo.INT_TYPE_INFO);
    public static final BasicArrayTypeInfo<Long[], Long> LONG_ARRAY_TYPE_INFO =
            new BasicArrayTypeInfo<>(Long[].class, BasicTypeInfo.LONG_TYPE_INFO);
    public static final BasicArrayTypeInfo<Float[], Float> FLOAT_ARRAY_TYPE_INFO =
            new BasicArrayTypeInfo<>(Float[].class, BasicTypeInfo.FLOAT_TYPE_INFO);
    public static final BasicArrayTypeInfo<Double[], Double> DOUBLE_ARRAY_TYPE_INFO =
            new BasicArrayTypeInfo<>(Double[].class, BasicTypeInfo.DOUBLE_TYPE_INFO);
    public static final BasicArrayTypeInfo<Character[], Character> CHAR_ARRAY_TYPE_INFO =
            new BasicArrayTypeInfo<>(Character[].class, BasicTypeInfo.CHAR_TYPE_INFO);

    private static final List<BasicArrayTypeInfo<?, ?>> ALL =
            List.of(
                    STRING_ARRAY_TYPE_INFO,
                    BOOLEAN_ARRAY_TYPE_INFO,
                    BYTE_ARRAY_TYPE_INFO,
                    SHORT_ARRAY_TYPE_INFO,
                    INT_ARRAY_TYPE_INFO,
                    LONG_ARRAY_TYPE_INFO,
                    FLOAT_ARRAY_TYPE_INFO,
                    DOUBLE_ARRAY_TYPE_INFO,
                    CHAR_ARRAY_TYPE_INFO);

    private final TypeInformation<C> component;

    private BasicArrayTypeInfo(Class<T> arrayClass, TypeInformation<C> component) {
        super(arrayClass);
        this.component = component;
    }

    /**
     * The description of such an array's class, or null if it is not one.
     *
     * @throws IllegalArgumentException if the class is no array
     */
    @SuppressWarnings("unchecked")
    public static <X, C> BasicArrayTypeInfo<X, C> getInfoFor(Class<X> type) {
        if (!type.isArray()) {
            throw new IllegalArgumentException(type.getName() + " is no array.");
        }
        for (BasicArrayTypeInfo<?, ?> one : ALL) {
            if (one.getTypeClass() == type) {
                return (BasicArrayTypeInfo<X, C>) one;
            }
        }
        return null;
    }

    public Class<C> getComponentTypeClass() {
        return component.getTypeClass();
    }

    public TypeInformation<C> getComponentInfo() {
        return component;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.OBJECT_ARRAY;
    }

    @Override
    public String toString() {
        return "BasicArrayTypeInfo<" + component + ">";
    }
}
