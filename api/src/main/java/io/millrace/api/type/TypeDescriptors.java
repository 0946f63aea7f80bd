package io.millrace.api.type;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** The descriptors of common types, by name. Pure. */
public class TypeDescriptors implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final TypeDescriptor<String> STRING = new DescribedType<>(Types.STRING);
    public static final TypeDescriptor<Integer> INT = new DescribedType<>(Types.INT);
    public static final TypeDescriptor<Boolean> BOOLEAN = new DescribedType<>(Types.BOOLEAN);
    public static final TypeDescriptor<Long> LONG = new DescribedType<>(Types.LONG);
    public static final TypeDescriptor<Byte> BYTE = new DescribedType<>(Types.BYTE);
    public static final TypeDescriptor<Short> SHORT = new DescribedType<>(Types.SHORT);
    public static final TypeDescriptor<Double> DOUBLE = new DescribedType<>(Types.DOUBLE);
    public static final TypeDescriptor<Float> FLOAT = new DescribedType<>(Types.FLOAT);
    public static final TypeDescriptor<Character> CHAR = new DescribedType<>(Types.CHAR);

    public TypeDescriptors() {}

    /** The descriptor of the same type. */
    public static <T> TypeDescriptor<T> value(TypeDescriptor<T> typeDescriptor)
            throws ReflectiveOperationException {
        return new DescribedType<>(DescribedType.of(typeDescriptor));
    }

    public static <K, V> TypeDescriptor<Map<K, V>> map(
            TypeDescriptor<K> keyTypeDescriptor, TypeDescriptor<V> valueTypeDescriptor)
            throws ReflectiveOperationException {
        return new DescribedType<>(
                new MapTypeInfo<>(
                        DescribedType.of(keyTypeDescriptor),
                        DescribedType.of(valueTypeDescriptor)));
    }

    public static <T> TypeDescriptor<List<T>> list(TypeDescriptor<T> elementTypeDescriptor)
            throws ReflectiveOperationException {
        return new DescribedType<>(new ListTypeInfo<>(DescribedType.of(elementTypeDescriptor)));
    }
}
