package io.millrace.connector.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.apache.avro.util.Utf8;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Which decoder gives the values of a column as a program's class. Pure. */
final class Columns {
    private static final int INT96_BYTES = 12;
    private static final int UUID_BYTES = 16;
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final long DAY_SECONDS = 86_400;
    private static final long NANOS = 1_000_000_000;

    private Columns() {}

    /**
     * @param target primitive or not
     * @return null if such values cannot become of this class
     */
    static FlatColumn of(ColumnDescriptor column, Class<?> target, String createdBy, String where) {
        PrimitiveType type = column.getPrimitiveType();
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> {
                IntFunction<?> boxed = ofInt(type, target);
                yield boxed == null ? null : new IntColumn(column, createdBy, where, boxed);
            }
            case INT64 -> {
                LongFunction<?> boxed = ofLong(type, target);
                yield boxed == null ? null : new LongColumn(column, createdBy, where, boxed);
            }
            case FLOAT ->
                    is(target, Float.class, float.class, Object.class)
                            ? new FloatColumn(column, createdBy, where, false)
                            : is(target, Double.class, double.class)
                                    ? new FloatColumn(column, createdBy, where, true)
                                    : null;
            case DOUBLE ->
                    is(target, Double.class, double.class, Object.class)
                            ? new DoubleColumn(column, createdBy, where, Double::valueOf)
                            : null;
            case BOOLEAN ->
                    is(target, Boolean.class, boolean.class, Object.class)
                            ? new BooleanColumn(column, createdBy, where)
                            : null;
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> {
                BytesColumn.Conversion of = ofBytes(type, target);
                boolean mutable = is(target, byte[].class, ByteBuffer.class);
                yield of == null
                        ? null
                        : new BytesColumn(column, createdBy, where, lengthOf(type), mutable, of);
            }
        };
    }

    private static int lengthOf(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case INT96 -> INT96_BYTES;
            case FIXED_LEN_BYTE_ARRAY -> type.getTypeLength();
            default -> -1;
        };
    }

    private static boolean is(Class<?> target, Class<?>... any) {
        return Arrays.asList(any).contains(target);
    }

    private static IntFunction<?> ofInt(PrimitiveType type, Class<?> target) {
        LogicalTypeAnnotation means = type.getLogicalTypeAnnotation();
        boolean unsigned = means instanceof IntLogicalTypeAnnotation n && !n.isSigned();
        if (is(target, Long.class, long.class)) {
            return unsigned ? v -> Integer.toUnsignedLong(v) : v -> (long) v;
        }
        int bits = means instanceof IntLogicalTypeAnnotation n ? n.getBitWidth() : Integer.SIZE;
        if (is(target, Integer.class, int.class)) {
            return unsigned && bits == Integer.SIZE ? null : Integer::valueOf;
        }
        if (is(target, Short.class, short.class)) {
            return bits == Byte.SIZE || bits == Short.SIZE && !unsigned ? v -> (short) v : null;
        }
        if (is(target, Byte.class, byte.class)) {
            return bits == Byte.SIZE && !unsigned ? v -> (byte) v : null;
        }
        if (target == LocalDate.class) {
            return means instanceof DateLogicalTypeAnnotation ? LocalDate::ofEpochDay : null;
        }
        if (target == LocalTime.class) {
            return means instanceof TimeLogicalTypeAnnotation
                    ? v -> LocalTime.ofNanoOfDay(v * 1_000_000L)
                    : null;
        }
        if (target == BigDecimal.class && means instanceof DecimalLogicalTypeAnnotation decimal) {
            return v -> BigDecimal.valueOf(v, decimal.getScale());
        }
        return null;
    }

    private static LongFunction<?> ofLong(PrimitiveType type, Class<?> target) {
        LogicalTypeAnnotation means = type.getLogicalTypeAnnotation();
        if (is(target, Long.class, long.class)) {
            return Long::valueOf;
        }
        if (means instanceof TimestampLogicalTypeAnnotation timestamp) {
            long perSecond = perSecond(timestamp.getUnit());
            if (target == Instant.class) {
                return v -> instant(v, perSecond);
            }
            return target == LocalDateTime.class
                    ? v -> LocalDateTime.ofInstant(instant(v, perSecond), ZoneOffset.UTC)
                    : null;
        }
        if (target == LocalTime.class && means instanceof TimeLogicalTypeAnnotation time) {
            long nanos = NANOS / perSecond(time.getUnit());
            return v -> LocalTime.ofNanoOfDay(v * nanos);
        }
        if (target == BigDecimal.class && means instanceof DecimalLogicalTypeAnnotation decimal) {
            return v -> BigDecimal.valueOf(v, decimal.getScale());
        }
        return null;
    }

    private static long perSecond(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1_000;
            case MICROS -> 1_000_000;
            case NANOS -> NANOS;
        };
    }

    private static Instant instant(long value, long perSecond) {
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond),
                Math.floorMod(value, perSecond) * (NANOS / perSecond));
    }

    private static BytesColumn.Conversion ofBytes(PrimitiveType type, Class<?> target) {
        LogicalTypeAnnotation means = type.getLogicalTypeAnnotation();
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            return ofInt96(target);
        }
        if (target == byte[].class) {
            return Codecs::part;
        }
        if (target == ByteBuffer.class) {
            return (bytes, from, length) -> ByteBuffer.wrap(Codecs.part(bytes, from, length));
        }
        if (target == BigDecimal.class && means instanceof DecimalLogicalTypeAnnotation decimal) {
            return (bytes, from, length) ->
                    new BigDecimal(new BigInteger(bytes, from, length), decimal.getScale());
        }
        if (target == UUID.class
                && means instanceof UUIDLogicalTypeAnnotation
                && type.getTypeLength() == UUID_BYTES) {
            return (bytes, from, length) -> {
                ByteBuffer both = ByteBuffer.wrap(bytes, from, length);
                return new UUID(both.getLong(), both.getLong());
            };
        }
        if (type.getPrimitiveTypeName() != PrimitiveTypeName.BINARY) {
            return null;
        }
        if (target == String.class) {
            return (bytes, from, length) -> new String(bytes, from, length, StandardCharsets.UTF_8);
        }
        if (target == Utf8.class) {
            return (bytes, from, length) -> new Utf8(Codecs.part(bytes, from, length));
        }
        return null;
    }

    private static BytesColumn.Conversion ofInt96(Class<?> target) {
        if (target == Instant.class) {
            return (bytes, from, length) -> julian(bytes, from);
        }
        return target == LocalDateTime.class
                ? (bytes, from, length) ->
                        LocalDateTime.ofInstant(julian(bytes, from), ZoneOffset.UTC)
                : null;
    }

    /** Nanoseconds of the day, and the Julian day. */
    private static Instant julian(byte[] bytes, int from) {
        long nanos = LittleEndian.longAt(bytes, from);
        long day = LittleEndian.intAt(bytes, from + Long.BYTES) & 0xFFFFFFFFL;
        return Instant.ofEpochSecond((day - JULIAN_DAY_OF_EPOCH) * DAY_SECONDS, nanos);
    }
}
