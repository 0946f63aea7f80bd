package io.millrace.api.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The description of a single value: a boxed primitive, a string, a number, a date. Immutable. */
public class BasicTypeInfo<T> extends SimpleType<T> {
    private static final long serialVersionUID = 1L;

    public static final BasicTypeInfo<String> STRING_TYPE_INFO = new BasicTypeInfo<>(String.class);
    public static final BasicTypeInfo<Boolean> BOOLEAN_TYPE_INFO =
            new BasicTypeInfo<>(Boolean.class);
    public static final BasicTypeInfo<Byte> BYTE_TYPE_INFO = new BasicTypeInfo<>(Byte.class);
    public static final BasicTypeInfo<Short> SHORT_TYPE_INFO = new BasicTypeInfo<>(Short.class);
    public static final BasicTypeInfo<Integer> INT_TYPE_INFO = new BasicTypeInfo<>(Integer.class);
    public static final BasicTypeInfo<Long> LONG_TYPE_INFO = new BasicTypeInfo<>(Long.class);
    public static final BasicTypeInfo<Float> FLOAT_TYPE_INFO = new BasicTypeInfo<>(Float.class);
    public static final BasicTypeInfo<Double> DOUBLE_TYPE_INFO = new BasicTypeInfo<>(Double.class);
    public static final BasicTypeInfo<Character> CHAR_TYPE_INFO =
            new BasicTypeInfo<>(Character.class);
    public static final BasicTypeInfo<Date> DATE_TYPE_INFO = new BasicTypeInfo<>(Date.class);
    public static final BasicTypeInfo<Void> VOID_TYPE_INFO = new BasicTypeInfo<>(Void.class);
    public static final BasicTypeInfo<BigInteger> BIG_INT_TYPE_INFO =
            new BasicTypeInfo<>(BigInteger.class);
    public static final BasicTypeInfo<BigDecimal> BIG_DEC_TYPE_INFO =
            new BasicTypeInfo<>(BigDecimal.class);
    public static final BasicTypeInfo<Instant> INSTANT_TYPE_INFO =
            new BasicTypeInfo<>(Instant.class);
    static final BasicTypeInfo<LocalDate> LOCAL_DATE = new BasicTypeInfo<>(LocalDate.class);
    static final BasicTypeInfo<LocalTime> LOCAL_TIME = new BasicTypeInfo<>(LocalTime.class);
    static final BasicTypeInfo<LocalDateTime> LOCAL_DATE_TIME =
            new BasicTypeInfo<>(LocalDateTime.class);
    static final BasicTypeInfo<java.sql.Date> SQL_DATE = new BasicTypeInfo<>(java.sql.Date.class);
    static final BasicTypeInfo<java.sql.Time> SQL_TIME = new BasicTypeInfo<>(java.sql.Time.class);
    static final BasicTypeInfo<java.sql.Timestamp> SQL_TIMESTAMP =
            new BasicTypeInfo<>(java.sql.Timestamp.class);

    private static final Map<Class<?>, BasicTypeInfo<?>> BY_CLASS = byClass();

    private BasicTypeInfo(Class<T> typeClass) {
        super(typeClass);
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
                        INSTANT_TYPE_INFO,
                        LOCAL_DATE,
                        LOCAL_TIME,
                        LOCAL_DATE_TIME,
                        SQL_DATE,
                        SQL_TIME,
                        SQL_TIMESTAMP);
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

    @Override
    public TypeKind kind() {
        return TypeKind.BASIC;
    }

    @Override
    public boolean isBasicType() {
        return true;
    }

    @Override
    public boolean isKeyType() {
        return getTypeClass() != Void.class;
    }

    @Override
    public String toString() {
        return getTypeClass().getSimpleName();
    }
}
