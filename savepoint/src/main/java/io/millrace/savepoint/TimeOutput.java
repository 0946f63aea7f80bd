package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.Scalar;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;

/** Points in time: of microseconds, or of milliseconds where the class has no more. Confined. */
final class TimeOutput extends ScalarOutput {
    private static final long MICROS = 1_000_000; // of a second
    private static final int NANOS_OF_MICRO = 1000;
    private static final int NANOS = 1_000_000_000; // of a second
    private static final long DAY_SECONDS = 86_400;
    private static final long DAY_NANOS = DAY_SECONDS * NANOS;
    private static final long MIN_DAY = LocalDateTime.MIN.toLocalDate().toEpochDay();
    private static final long MAX_DAY = LocalDateTime.MAX.toLocalDate().toEpochDay();

    private final Scalar scalar;

    TimeOutput(Scalar scalar, Place place) {
        super(scalar, place);
        this.scalar = scalar;
    }

    static CorruptDataException outOfRange(String what, BinaryReader in) {
        return new CorruptDataException(
                what + " before byte " + in.position() + " is out of the range of its class");
    }

    @Override
    void write(Object value, int repetition) {
        switch (scalar) {
            case INSTANT -> {
                Instant at = (Instant) value;
                micros(at.getEpochSecond(), at.getNano(), repetition);
            }
            case LOCAL_DATE_TIME -> {
                LocalDateTime at = (LocalDateTime) value;
                micros(at.toEpochSecond(ZoneOffset.UTC), at.getNano(), repetition);
            }
            case SQL_TIMESTAMP -> {
                Timestamp at = (Timestamp) value;
                // Its milliseconds are not those of its instant where nanoseconds were set alone.
                micros(Math.floorDiv(at.getTime(), 1000L), at.getNanos(), repetition);
            }
            default -> leaf().addLong(repetition, definition(), ((Date) value).getTime());
        }
    }

    @Override
    void move(BinaryReader in, int repetition) {
        switch (scalar) {
            case INSTANT -> instant(in.readLong(), in.readInt(), in, repetition);
            case LOCAL_DATE_TIME -> local(in.readLong(), in.readLong(), in, repetition);
            case SQL_TIMESTAMP -> timestamp(in.readLong(), in.readInt(), in, repetition);
            default -> leaf().addLong(repetition, definition(), in.readLong());
        }
    }

    private void instant(long seconds, int nanos, BinaryReader in, int repetition) {
        if (seconds < Instant.MIN.getEpochSecond()
                || seconds > Instant.MAX.getEpochSecond()
                || nanos < 0
                || nanos >= NANOS) {
            throw outOfRange("the instant " + seconds + " s " + nanos + " ns", in);
        }
        micros(seconds, nanos, repetition);
    }

    private void local(long day, long nanoOfDay, BinaryReader in, int repetition) {
        if (day < MIN_DAY || day > MAX_DAY || nanoOfDay < 0 || nanoOfDay >= DAY_NANOS) {
            throw outOfRange("the time of day " + day + ", " + nanoOfDay + " ns", in);
        }
        micros(day * DAY_SECONDS + nanoOfDay / NANOS, (int) (nanoOfDay % NANOS), repetition);
    }

    private void timestamp(long millis, int nanos, BinaryReader in, int repetition) {
        if (nanos < 0 || nanos >= NANOS) {
            throw outOfRange("the timestamp " + millis + " ms " + nanos + " ns", in);
        }
        micros(Math.floorDiv(millis, 1000L), nanos, repetition);
    }

    private void micros(long seconds, int nanos, int repetition) {
        if (seconds > Long.MAX_VALUE / MICROS - 1 || seconds < Long.MIN_VALUE / MICROS + 1) {
            row().inexact();
            leaf().addLong(repetition, definition(), seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
            return;
        }
        if (nanos % NANOS_OF_MICRO != 0) {
            row().inexact();
        }
        leaf().addLong(repetition, definition(), seconds * MICROS + nanos / NANOS_OF_MICRO);
    }
}
