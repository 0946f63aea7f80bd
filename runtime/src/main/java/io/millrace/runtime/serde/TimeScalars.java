package io.millrace.runtime.serde;

import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;

/** Serializers of dates and times. The constructors of the JDK check the ranges. */
final class TimeScalars {
    private TimeScalars() {}

    static List<Serializer<?>> all() {
        return List.of(
                new Instants(),
                new LocalDates(),
                new LocalTimes(),
                new LocalDateTimes(),
                new OffsetDateTimes(),
                new ZonedDateTimes(),
                new ZoneIds(),
                new Durations(),
                new Periods(),
                new Years(),
                new Dates(),
                new SqlDates(),
                new SqlTimes(),
                new SqlTimestamps());
    }

    private static void writeLocal(LocalDateTime value, BinaryWriter out) {
        out.writeLong(value.toLocalDate().toEpochDay());
        out.writeLong(value.toLocalTime().toNanoOfDay());
    }

    private static LocalDateTime readLocal(BinaryReader in) {
        LocalDate date = LocalDate.ofEpochDay(in.readLong());
        return LocalDateTime.of(date, LocalTime.ofNanoOfDay(in.readLong()));
    }

    private static final class Instants extends ScalarSerializer<Instant> {
        Instants() {
            super(Scalar.INSTANT);
        }

        @Override
        public void write(Instant value, BinaryWriter out) {
            out.writeLong(value.getEpochSecond());
            out.writeInt(value.getNano());
        }

        @Override
        public Instant read(BinaryReader in) {
            long seconds = in.readLong();
            return Instant.ofEpochSecond(seconds, in.readInt());
        }
    }

    private static final class LocalDates extends ScalarSerializer<LocalDate> {
        LocalDates() {
            super(Scalar.LOCAL_DATE);
        }

        @Override
        public void write(LocalDate value, BinaryWriter out) {
            out.writeLong(value.toEpochDay());
        }

        @Override
        public LocalDate read(BinaryReader in) {
            return LocalDate.ofEpochDay(in.readLong());
        }
    }

    private static final class LocalTimes extends ScalarSerializer<LocalTime> {
        LocalTimes() {
            super(Scalar.LOCAL_TIME);
        }

        @Override
        public void write(LocalTime value, BinaryWriter out) {
            out.writeLong(value.toNanoOfDay());
        }

        @Override
        public LocalTime read(BinaryReader in) {
            return LocalTime.ofNanoOfDay(in.readLong());
        }
    }

    private static final class LocalDateTimes extends ScalarSerializer<LocalDateTime> {
        LocalDateTimes() {
            super(Scalar.LOCAL_DATE_TIME);
        }

        @Override
        public void write(LocalDateTime value, BinaryWriter out) {
            writeLocal(value, out);
        }

        @Override
        public LocalDateTime read(BinaryReader in) {
            return readLocal(in);
        }
    }

    private static final class OffsetDateTimes extends ScalarSerializer<OffsetDateTime> {
        OffsetDateTimes() {
            super(Scalar.OFFSET_DATE_TIME);
        }

        @Override
        public void write(OffsetDateTime value, BinaryWriter out) {
            writeLocal(value.toLocalDateTime(), out);
            out.writeInt(value.getOffset().getTotalSeconds());
        }

        @Override
        public OffsetDateTime read(BinaryReader in) {
            LocalDateTime local = readLocal(in);
            return OffsetDateTime.of(local, ZoneOffset.ofTotalSeconds(in.readInt()));
        }
    }

    private static final class ZonedDateTimes extends ScalarSerializer<ZonedDateTime> {
        ZonedDateTimes() {
            super(Scalar.ZONED_DATE_TIME);
        }

        @Override
        public void write(ZonedDateTime value, BinaryWriter out) {
            writeLocal(value.toLocalDateTime(), out);
            out.writeInt(value.getOffset().getTotalSeconds());
            out.writeString(value.getZone().getId());
        }

        @Override
        public ZonedDateTime read(BinaryReader in) {
            LocalDateTime local = readLocal(in);
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(in.readInt());
            return ZonedDateTime.ofLocal(local, ZoneId.of(in.readString()), offset);
        }
    }

    private static final class ZoneIds extends ScalarSerializer<ZoneId> {
        ZoneIds() {
            super(Scalar.ZONE_ID);
        }

        @Override
        public void write(ZoneId value, BinaryWriter out) {
            out.writeString(value.getId());
        }

        @Override
        public ZoneId read(BinaryReader in) {
            return ZoneId.of(in.readString());
        }
    }

    private static final class Durations extends ScalarSerializer<Duration> {
        Durations() {
            super(Scalar.DURATION);
        }

        @Override
        public void write(Duration value, BinaryWriter out) {
            out.writeLong(value.getSeconds());
            out.writeInt(value.getNano());
        }

        @Override
        public Duration read(BinaryReader in) {
            long seconds = in.readLong();
            return Duration.ofSeconds(seconds, in.readInt());
        }
    }

    private static final class Periods extends ScalarSerializer<Period> {
        Periods() {
            super(Scalar.PERIOD);
        }

        @Override
        public void write(Period value, BinaryWriter out) {
            out.writeInt(value.getYears());
            out.writeInt(value.getMonths());
            out.writeInt(value.getDays());
        }

        @Override
        public Period read(BinaryReader in) {
            int years = in.readInt();
            int months = in.readInt();
            return Period.of(years, months, in.readInt());
        }
    }

    private static final class Years extends ScalarSerializer<Year> {
        Years() {
            super(Scalar.YEAR);
        }

        @Override
        public void write(Year value, BinaryWriter out) {
            out.writeInt(value.getValue());
        }

        @Override
        public Year read(BinaryReader in) {
            return Year.of(in.readInt());
        }
    }

    private static final class Dates extends ScalarSerializer<Date> {
        Dates() {
            super(Scalar.DATE);
        }

        @Override
        public void write(Date value, BinaryWriter out) {
            out.writeLong(value.getTime());
        }

        @Override
        public Date read(BinaryReader in) {
            return new Date(in.readLong());
        }

        @Override
        public Date copy(Date value) {
            return new Date(value.getTime());
        }
    }

    private static final class SqlDates extends ScalarSerializer<java.sql.Date> {
        SqlDates() {
            super(Scalar.SQL_DATE);
        }

        @Override
        public void write(java.sql.Date value, BinaryWriter out) {
            out.writeLong(value.getTime());
        }

        @Override
        public java.sql.Date read(BinaryReader in) {
            return new java.sql.Date(in.readLong());
        }

        @Override
        public java.sql.Date copy(java.sql.Date value) {
            return new java.sql.Date(value.getTime());
        }
    }

    private static final class SqlTimes extends ScalarSerializer<Time> {
        SqlTimes() {
            super(Scalar.SQL_TIME);
        }

        @Override
        public void write(Time value, BinaryWriter out) {
            out.writeLong(value.getTime());
        }

        @Override
        public Time read(BinaryReader in) {
            return new Time(in.readLong());
        }

        @Override
        public Time copy(Time value) {
            return new Time(value.getTime());
        }
    }

    private static final class SqlTimestamps extends ScalarSerializer<Timestamp> {
        SqlTimestamps() {
            super(Scalar.SQL_TIMESTAMP);
        }

        @Override
        public void write(Timestamp value, BinaryWriter out) {
            out.writeLong(value.getTime());
            out.writeInt(value.getNanos());
        }

        @Override
        public Timestamp read(BinaryReader in) {
            Timestamp value = new Timestamp(in.readLong());
            value.setNanos(in.readInt());
            return value;
        }

        @Override
        public Timestamp copy(Timestamp value) {
            return (Timestamp) value.clone();
        }
    }
}
