package io.millrace.api.type;

import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.serialization.TypeSerializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The description of a single value: a boxed primitive, a string, a number, a date. Immutable. */
public class BasicTypeInfo<T> extends ComparableType<T> {
    private static final long serialVersionUID = 1L;

    private static final Class<?>[] NONE = {};

    public static final BasicTypeInfo<String> STRING_TYPE_INFO = plain(String.class);
    public static final BasicTypeInfo<Boolean> BOOLEAN_TYPE_INFO = plain(Boolean.class);
    public static final BasicTypeInfo<Byte> BYTE_TYPE_INFO =
            new IntegerTypeInfo<>(
                    Byte.class,
                    new Class<?>[] {
                        Short.class,
                        Integer.class,
                        Long.class,
                        Float.class,
                        Double.class,
                        Character.class
                    });
    public static final BasicTypeInfo<Short> SHORT_TYPE_INFO =
            new IntegerTypeInfo<>(
                    Short.class,
                    new Class<?>[] {
                        Integer.class, Long.class, Float.class, Double.class, Character.class
                    });
    public static final BasicTypeInfo<Integer> INT_TYPE_INFO =
            new IntegerTypeInfo<>(
                    Integer.class,
                    new Class<?>[] {Long.class, Float.class, Double.class, Character.class});
    public static final BasicTypeInfo<Long> LONG_TYPE_INFO =
            new IntegerTypeInfo<>(
                    Long.class, new Class<?>[] {Float.class, Double.class, Character.class});
    public static final BasicTypeInfo<Float> FLOAT_TYPE_INFO =
            new FractionalTypeInfo<>(Float.class, new Class<?>[] {Double.class});
    public static final BasicTypeInfo<Double> DOUBLE_TYPE_INFO =
            new FractionalTypeInfo<>(Double.class, NONE);
    public static final BasicTypeInfo<Character> CHAR_TYPE_INFO = plain(Character.class);
    public static final BasicTypeInfo<Date> DATE_TYPE_INFO = plain(Date.class);
    public static final BasicTypeInfo<Void> VOID_TYPE_INFO = plain(Void.class);
    public static final BasicTypeInfo<BigInteger> BIG_INT_TYPE_INFO = plain(BigInteger.class);
    public static final BasicTypeInfo<BigDecimal> BIG_DEC_TYPE_INFO = plain(BigDecimal.class);
    public static final BasicTypeInfo<Instant> INSTANT_TYPE_INFO = plain(Instant.class);

    private static final Map<Class<?>, BasicTypeInfo<?>> BY_CLASS = byClass();

    private final Class<?>[] possibleCastTargetTypes;

    /**
     * For descriptions that bring their own serializer.
     *
     * @param possibleCastTargetTypes to which values may be widened
     * @param serializer null for the engine's
     * @param comparatorClass with a constructor {@code (boolean ascending)}; null for the natural
     *     order
     */
    protected BasicTypeInfo(
            Class<T> clazz,
            Class<?>[] possibleCastTargetTypes,
            TypeSerializer<T> serializer,
            Class<? extends TypeComparator<T>> comparatorClass) {
        super(clazz, serializer, comparatorClass);
        this.possibleCastTargetTypes = possibleCastTargetTypes.clone();
    }

    private static <T> BasicTypeInfo<T> plain(Class<T> type) {
        return new BasicTypeInfo<>(type, NONE, null, null);
    }

    private static Map<Class<?>, BasicTypeInfo<?>> byClass() {
        Map<Class<?>, BasicTypeInfo<?>> map = new LinkedHashMap<>();
        List<BasicTypeInfo<?>> all =
                List.of(
                        STRING_TYPE_INFO,
                        BOOLEAN_TYPE_INFO,
                        BYTE_TYPE_INFO,
                        SHORT_TYPE_INFO,
                        INT_TYPE_INFO,
                        LONG_TYPE_INFO,
                        FLOAT_TYPE_INFO,
                        DOUBLE_TYPE_INFO,
                        CHAR_TYPE_INFO,
                        DATE_TYPE_INFO,
                        VOID_TYPE_INFO,
                        BIG_INT_TYPE_INFO,
                        BIG_DEC_TYPE_INFO,
                        INSTANT_TYPE_INFO);
        all.forEach(info -> map.put(info.getTypeClass(), info));
        map.put(boolean.class, BOOLEAN_TYPE_INFO);
        map.put(byte.class, BYTE_TYPE_INFO);
        map.put(short.class, SHORT_TYPE_INFO);
        map.put(int.class, INT_TYPE_INFO);
        map.put(long.class, LONG_TYPE_INFO);
        map.put(float.class, FLOAT_TYPE_INFO);
        map.put(double.class, DOUBLE_TYPE_INFO);
        map.put(char.class, CHAR_TYPE_INFO);
        map.put(void.class, VOID_TYPE_INFO);
        return Map.copyOf(map);
    }

    /** The description of a basic class or primitive, or null if it is not one. */
    @SuppressWarnings("unchecked")
    public static <X> BasicTypeInfo<X> getInfoFor(Class<X> type) {
        return (BasicTypeInfo<X>) BY_CLASS.get(type);
    }

    /** All classes that have a basic description, primitives included. */
    public static java.util.Set<Class<?>> classes() {
        return BY_CLASS.keySet();
    }

    /** Whether values may be widened to another type without asking: an int to a long. */
    public boolean shouldAutocastTo(BasicTypeInfo<?> to) {
        return java.util.Arrays.asList(possibleCastTargetTypes).contains(to.getTypeClass());
    }

    @Override
    public boolean isBasicType() {
        return true;
    }

    /** All but {@code Void}, which has no values. */
    @Override
    public boolean isKeyType() {
        return getTypeClass() != Void.class;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof BasicTypeInfo<?>;
    }

    @Override
    public String toString() {
        return getTypeClass().getSimpleName();
    }
}
