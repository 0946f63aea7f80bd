package io.millrace.connector.orc;

import io.millrace.connector.orc.ColumnValues.Conversion;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;

/** What becomes of a column's values. Pure. */
final class Conversions {
    private static final int MILLIS = 1_000;

    private Conversions() {}

    /** Null if a column of this type cannot become of the class. */
    static Conversion of(TypeDescription column, Class<?> target) {
        return switch (column.getCategory()) {
            case BOOLEAN ->
                    is(target, Boolean.class, boolean.class, Object.class)
                            ? (vector, at) -> number(vector, at) != 0
                            : null;
            case BYTE -> ofInteger(target, Byte.class);
            case SHORT -> ofInteger(target, Short.class);
            case INT -> ofInteger(target, Integer.class);
            case LONG -> ofInteger(target, Long.class);
            case FLOAT ->
                    is(target, Float.class, float.class, Object.class)
                            ? (vector, at) -> (float) ((DoubleColumnVector) vector).vector[at]
                            : ofDouble(target);
            case DOUBLE -> target == Object.class ? ofDouble(double.class) : ofDouble(target);
            case STRING, VARCHAR, CHAR ->
                    is(target, String.class, Object.class) ? Conversions::text : null;
            case BINARY -> is(target, byte[].class, Object.class) ? Conversions::bytes : null;
            case DATE ->
                    is(target, LocalDate.class, Object.class)
                            ? (vector, at) -> LocalDate.ofEpochDay(number(vector, at))
                            : null;
            case TIMESTAMP ->
                    target == Object.class ? ofTimestamp(LocalDateTime.class) : ofTimestamp(target);
            case TIMESTAMP_INSTANT ->
                    target == Object.class ? ofTimestamp(Instant.class) : ofTimestamp(target);
            case DECIMAL ->
                    is(target, BigDecimal.class, Object.class)
                            ? ofDecimal(column.getScale())
                            : null;
            default -> null; // nested, or of geometry
        };
    }

    private static boolean is(Class<?> target, Class<?>... any) {
        return Arrays.asList(any).contains(target);
    }

    private static long number(ColumnVector vector, int at) {
        return ((LongColumnVector) vector).vector[at];
    }

    /** Of a narrower type, a wider one may be made. */
    private static Conversion ofInteger(Class<?> target, Class<?> own) {
        if (is(target, Long.class, long.class) || target == Object.class && own == Long.class) {
            return Conversions::number;
        }
        if (own == Long.class) {
            return null;
        }
        if (is(target, Integer.class, int.class)
                || target == Object.class && own == Integer.class) {
            return (vector, at) -> (int) number(vector, at);
        }
        if (own == Integer.class) {
            return null;
        }
        if (is(target, Short.class, short.class) || target == Object.class && own == Short.class) {
            return (vector, at) -> (short) number(vector, at);
        }
        return own == Byte.class && is(target, Byte.class, byte.class, Object.class)
                ? (vector, at) -> (byte) number(vector, at)
                : null;
    }

    private static Conversion ofDouble(Class<?> target) {
        return is(target, Double.class, double.class)
                ? (vector, at) -> ((DoubleColumnVector) vector).vector[at]
                : null;
    }

    private static Object text(ColumnVector vector, int at) {
        BytesColumnVector bytes = (BytesColumnVector) vector;
        return new String(
                bytes.vector[at], bytes.start[at], bytes.length[at], StandardCharsets.UTF_8);
    }

    private static Object bytes(ColumnVector vector, int at) {
        BytesColumnVector bytes = (BytesColumnVector) vector;
        return Arrays.copyOfRange(
                bytes.vector[at], bytes.start[at], bytes.start[at] + bytes.length[at]);
    }

    private static Conversion ofTimestamp(Class<?> target) {
        if (target == LocalDateTime.class) {
            return (vector, at) -> {
                TimestampColumnVector times = (TimestampColumnVector) vector;
                return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(times.time[at], MILLIS), times.nanos[at], ZoneOffset.UTC);
            };
        }
        return target == Instant.class
                ? (vector, at) -> {
                    TimestampColumnVector times = (TimestampColumnVector) vector;
                    return Instant.ofEpochSecond(
                            Math.floorDiv(times.time[at], MILLIS), times.nanos[at]);
                }
                : null;
    }

    /** Vectors leave out zeros at the end. */
    private static Conversion ofDecimal(int scale) {
        return (vector, at) ->
                ((DecimalColumnVector) vector)
                        .vector[at]
                        .getHiveDecimal()
                        .bigDecimalValue()
                        .setScale(scale);
    }
}
