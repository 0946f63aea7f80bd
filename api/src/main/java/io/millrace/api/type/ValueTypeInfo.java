package io.millrace.api.type;

import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.ExecutionConfig;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The description of a {@link Value}. Immutable. */
public class ValueTypeInfo<T extends Value> extends SimpleType<T> implements AtomicType<T> {
    private static final long serialVersionUID = 1L;

    public static final ValueTypeInfo<BooleanValue> BOOLEAN_VALUE_TYPE_INFO =
            new ValueTypeInfo<>(BooleanValue.class);
    public static final ValueTypeInfo<ByteValue> BYTE_VALUE_TYPE_INFO =
            new ValueTypeInfo<>(ByteValue.class);
    public static final ValueTypeInfo<CharValue> CHAR_VALUE_TYPE_INFO =
            new ValueTypeInfo<>(CharValue.class);
    public static final ValueTypeInfo<DoubleValue> DOUBLE_VALUE_TYPE_INFO =
            new ValueTypeInfo<>(DoubleValue.class);
    public static final ValueTypeInfo<FloatValue> FLOAT_VALUE_TYPE_INFO =
            new ValueTypeInfo<>(FloatValue.class);
    public static final ValueTypeInfo<IntValue> INT_VALUE_TYPE_INFO =
            new ValueTypeInfo<>(IntValue.class);
    public static final ValueTypeInfo<LongValue> LONG_VALUE_TYPE_INFO =
            new ValueTypeInfo<>(LongValue.class);
    public static final ValueTypeInfo<NullValue> NULL_VALUE_TYPE_INFO =
            new ValueTypeInfo<>(NullValue.class);
    public static final ValueTypeInfo<ShortValue> SHORT_VALUE_TYPE_INFO =
            new ValueTypeInfo<>(ShortValue.class);
    public static final ValueTypeInfo<StringValue> STRING_VALUE_TYPE_INFO =
            new ValueTypeInfo<>(StringValue.class);

    private static final Map<Class<?>, ValueTypeInfo<?>> BASIC =
            Stream.<ValueTypeInfo<?>>of(
                            BOOLEAN_VALUE_TYPE_INFO,
                            BYTE_VALUE_TYPE_INFO,
                            CHAR_VALUE_TYPE_INFO,
                            DOUBLE_VALUE_TYPE_INFO,
                            FLOAT_VALUE_TYPE_INFO,
                            INT_VALUE_TYPE_INFO,
                            LONG_VALUE_TYPE_INFO,
                            NULL_VALUE_TYPE_INFO,
                            SHORT_VALUE_TYPE_INFO,
                            STRING_VALUE_TYPE_INFO)
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    TypeInformation::getTypeClass, Function.identity()));

    public ValueTypeInfo(Class<T> type) {
        super(type);
        if (!Value.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException(type.getName() + " is no Value.");
        }
    }

    /** The description of one of our own values, or null if the class is none. */
    static ValueTypeInfo<?> basic(Class<?> type) {
        return BASIC.get(type);
    }

    /** Its serializer calls the value itself. */
    @Override
    public boolean bringsSerializer() {
        return true;
    }

    /** Whether it is one of our own values. */
    public boolean isBasicValueType() {
        return BASIC.containsKey(getTypeClass());
    }

    @Override
    @SuppressWarnings("deprecation") // as older programs know it
    public boolean isKeyType() {
        return Key.class.isAssignableFrom(getTypeClass());
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new ValueSerializer<>(getTypeClass());
    }

    @Override
    public TypeComparator<T> createComparator(
            boolean sortOrderAscending, ExecutionConfig executionConfig) {
        if (!Comparable.class.isAssignableFrom(getTypeClass())) {
            throw new IllegalStateException(
                    getTypeClass().getName() + " has no order: it does not implement Comparable.");
        }
        return new ValueComparator<>(this, sortOrderAscending);
    }

    @Override
    public String toString() {
        return "ValueType<" + getTypeClass().getSimpleName() + ">";
    }
}
