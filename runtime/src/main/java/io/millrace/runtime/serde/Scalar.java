package io.millrace.runtime.serde;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The types without parts. The ordinal is on the wire, so constants are only ever added at the end.
 * Immutable.
 */
public enum Scalar {
    BOOLEAN(Boolean.class),
    BYTE(Byte.class),
    SHORT(Short.class),
    CHAR(Character.class),
    INT(Integer.class),
    LONG(Long.class),
    FLOAT(Float.class),
    DOUBLE(Double.class),
    STRING(String.class),
    BOOLEANS(boolean[].class),
    BYTES(byte[].class),
    SHORTS(short[].class),
    CHARS(char[].class),
    INTS(int[].class),
    LONGS(long[].class),
    FLOATS(float[].class),
    DOUBLES(double[].class),
    BIG_INTEGER(BigInteger.class),
    BIG_DECIMAL(BigDecimal.class),
    UUID(UUID.class),
    INSTANT(Instant.class),
    LOCAL_DATE(LocalDate.class),
    LOCAL_TIME(LocalTime.class),
    LOCAL_DATE_TIME(LocalDateTime.class),
    OFFSET_DATE_TIME(OffsetDateTime.class),
    ZONED_DATE_TIME(ZonedDateTime.class),
    ZONE_ID(ZoneId.class),
    DURATION(Duration.class),
    PERIOD(Period.class),
    YEAR(Year.class),
    DATE(java.util.Date.class),
    SQL_DATE(java.sql.Date.class),
    SQL_TIME(java.sql.Time.class),
    SQL_TIMESTAMP(java.sql.Timestamp.class);

    private static final Map<Class<?>, Scalar> BY_CLASS = byClass();
    private static final Scalar[] ALL = values();

    static final int COUNT = ALL.length;

    private final Class<?> type;

    Scalar(Class<?> type) {
        this.type = type;
    }

    /** The class of the values; the boxed one of a primitive type. */
    public Class<?> type() {
        return type;
    }

    /** Whether it is the type of a primitive or its box. */
    boolean primitive() {
        return ordinal() <= DOUBLE.ordinal();
    }

    boolean immutable() {
        return !type.isArray()
                && switch (this) {
                    case DATE, SQL_DATE, SQL_TIME, SQL_TIMESTAMP -> false;
                    default -> true;
                };
    }

    static Scalar at(int ordinal) {
        return ALL[ordinal];
    }

    /** The scalar of a class, primitive or boxed, or null. */
    public static Scalar of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    private static Map<Class<?>, Scalar> byClass() {
        Map<Class<?>, Scalar> found = new HashMap<>();
        for (Scalar scalar : values()) {
            found.put(scalar.type, scalar);
        }
        found.put(boolean.class, BOOLEAN);
        found.put(byte.class, BYTE);
        found.put(short.class, SHORT);
        found.put(char.class, CHAR);
        found.put(int.class, INT);
        found.put(long.class, LONG);
        found.put(float.class, FLOAT);
        found.put(double.class, DOUBLE);
        // The two implementations of ZoneId are seen where a type is found from a value.
        found.put(java.time.ZoneOffset.class, ZONE_ID);
        found.put(ZoneId.of("Europe/Zurich").getClass(), ZONE_ID);
        return Map.copyOf(found);
    }
}
