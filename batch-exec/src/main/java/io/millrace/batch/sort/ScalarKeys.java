package io.millrace.batch.sort;

import io.millrace.runtime.serde.Scalar;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.UUID;

/** Orders of the types without parts: their natural order, bytes as unsigned numbers. Immutable. */
final class ScalarKeys<K> extends KeyNormalizer<K> {
    private static final int DAY_BYTES = 5;
    private static final int NANO_OF_DAY_BYTES = 6;
    // Years beyond any that java.time has, so that no second is negative.
    private static final long FIRST_SECOND = LocalDateTime.MIN.getYear() * 31_557_600L;
    private static final long FIRST_DAY = LocalDate.MIN.toEpochDay();

    private final int maxBytes;
    private final Form<K> form;
    private final Comparator<K> order;

    /** How a key is written. */
    private interface Form<K> {
        void write(K key, KeyWriter out);
    }

    private ScalarKeys(int maxBytes, Comparator<K> order, Form<K> form) {
        this.maxBytes = maxBytes;
        this.order = order;
        this.form = form;
    }

    /** Null for the scalars that have no order, and for arrays of anything but bytes. */
    static KeyNormalizer<?> of(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> ScalarKeys.<Boolean>natural(1, (key, out) -> out.putByte(key ? 1 : 0));
            case BYTE -> ScalarKeys.<Byte>natural(1, (key, out) -> out.putByte(key ^ 0x80));
            case SHORT ->
                    ScalarKeys.<Short>natural(2, (key, out) -> out.putUnsigned(key ^ 0x8000, 2));
            case CHAR -> ScalarKeys.<Character>natural(2, (key, out) -> out.putUnsigned(key, 2));
            case INT ->
                    ScalarKeys.<Integer>natural(
                            4, (key, out) -> out.putInt(key ^ Integer.MIN_VALUE));
            case LONG -> ScalarKeys.<Long>natural(8, (key, out) -> putSigned(key, out));
            case FLOAT -> ScalarKeys.<Float>natural(4, (key, out) -> out.putInt(ordered(key)));
            case DOUBLE -> ScalarKeys.<Double>natural(8, (key, out) -> out.putLong(ordered(key)));
            case STRING -> new TextKeys();
            case BYTES ->
                    new ScalarKeys<byte[]>(
                            UNLIMITED,
                            Arrays::compareUnsigned,
                            (key, out) -> out.putBytes(key, 0, key.length));
            case BIG_INTEGER -> new BigNumberKeys.Integers();
            case BIG_DECIMAL -> new BigNumberKeys.Decimals();
            case UUID ->
                    ScalarKeys.<UUID>natural(
                            16,
                            (key, out) -> {
                                putSigned(key.getMostSignificantBits(), out);
                                putSigned(key.getLeastSignificantBits(), out);
                            });
            case INSTANT ->
                    ScalarKeys.<Instant>natural(
                            12, (key, out) -> putPoint(key.getEpochSecond(), key.getNano(), out));
            case LOCAL_DATE -> ScalarKeys.<LocalDate>natural(DAY_BYTES, ScalarKeys::putDate);
            case LOCAL_TIME ->
                    ScalarKeys.<LocalTime>natural(NANO_OF_DAY_BYTES, ScalarKeys::putTime);
            case LOCAL_DATE_TIME ->
                    new ScalarKeys<LocalDateTime>(
                            DAY_BYTES + NANO_OF_DAY_BYTES,
                            LocalDateTime::compareTo,
                            (key, out) -> {
                                putDate(key.toLocalDate(), out);
                                putTime(key.toLocalTime(), out);
                            });
            case OFFSET_DATE_TIME ->
                    ScalarKeys.<OffsetDateTime>natural(
                            16,
                            (key, out) -> {
                                putPoint(key.toEpochSecond(), key.getNano(), out);
                                putOffset(key.getOffset().getTotalSeconds(), out);
                            });
            case ZONED_DATE_TIME ->
                    new ScalarKeys<ZonedDateTime>(
                            UNLIMITED,
                            ZonedDateTime::compareTo,
                            (key, out) -> {
                                putPoint(key.toEpochSecond(), key.getNano(), out);
                                putOffset(key.getOffset().getTotalSeconds(), out);
                                out.putText(key.getZone().getId());
                            });
            case DURATION ->
                    ScalarKeys.<Duration>natural(
                            12,
                            (key, out) -> {
                                putSigned(key.getSeconds(), out);
                                out.putInt(key.getNano());
                            });
            case YEAR ->
                    ScalarKeys.<Year>natural(
                            4, (key, out) -> out.putInt(key.getValue() ^ Integer.MIN_VALUE));
            case DATE, SQL_DATE, SQL_TIME -> dates();
            case SQL_TIMESTAMP ->
                    new ScalarKeys<Timestamp>(
                            12,
                            Timestamp::compareTo,
                            (key, out) -> {
                                putSigned(key.getTime(), out);
                                out.putInt(key.getNanos());
                            });
            case BOOLEANS, SHORTS, CHARS, INTS, LONGS, FLOATS, DOUBLES, ZONE_ID, PERIOD -> null;
        };
    }

    private static <K extends Comparable<? super K>> KeyNormalizer<K> natural(
            int maxBytes, Form<K> form) {
        return new ScalarKeys<>(maxBytes, Comparator.naturalOrder(), form);
    }

    /**
     * All kinds of {@link Date} by their milliseconds; {@link Time} and the others have no more.
     */
    private static KeyNormalizer<Date> dates() {
        return new ScalarKeys<>(
                8,
                Comparator.comparingLong(Date::getTime),
                (key, out) -> putSigned(key.getTime(), out));
    }

    private static void putSigned(long value, KeyWriter out) {
        out.putLong(value ^ Long.MIN_VALUE);
    }

    /** As {@link Float#compare} orders them: -0 before 0, one NaN after infinity. */
    private static int ordered(float value) {
        int bits = Float.floatToIntBits(value);
        return bits ^ (bits >> 31 | Integer.MIN_VALUE);
    }

    /** As {@link Double#compare} orders them. */
    static long ordered(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ (bits >> 63 | Long.MIN_VALUE);
    }

    /** Seven bytes of seconds, then the nanoseconds' thirty bits. */
    private static void putPoint(long second, int nano, KeyWriter out) {
        out.putLong(second - FIRST_SECOND << 8 | nano >>> 22);
        out.putInt(nano << 10);
    }

    private static void putDate(LocalDate date, KeyWriter out) {
        out.putUnsigned(date.toEpochDay() - FIRST_DAY, DAY_BYTES);
    }

    private static void putTime(LocalTime time, KeyWriter out) {
        out.putUnsigned(time.toNanoOfDay(), NANO_OF_DAY_BYTES);
    }

    /** Of two times of one instant the one further east is later by the clock. */
    private static void putOffset(int seconds, KeyWriter out) {
        out.putInt(seconds ^ Integer.MIN_VALUE);
    }

    @Override
    public void write(K key, KeyWriter out) {
        form.write(key, out);
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public int maxBytes() {
        return maxBytes;
    }

    @Override
    public int compare(K one, K other) {
        return order.compare(one, other);
    }
}
