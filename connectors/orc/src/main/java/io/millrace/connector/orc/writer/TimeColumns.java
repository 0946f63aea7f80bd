package io.millrace.connector.orc.writer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DateColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;

/** Columns of days and times, by the calendar of ISO 8601 at all times. */
final class TimeColumns {
    /** Readers take a whole second from times before 1970 with so many, which needs a second. */
    private static final int MISREAD_NANOS = 1_000_000;

    private TimeColumns() {}

    /** Confined to its task. */
    static final class OfDate extends ColumnWriter {
        OfDate(TypeDescription column, String where) {
            super(column, where);
        }

        @Override
        void set(ColumnVector vector, int at, Object value) {
            if (vector instanceof DateColumnVector days) {
                days.changeCalendar(true, false);
            }
            long day = ((LocalDate) value).toEpochDay();
            if (day != (int) day) {
                throw unfit(value, "is not between the years -5877641 and 5881580");
            }
            ((LongColumnVector) vector).vector[at] = day;
        }
    }

    /** Local times and instants; the one is taken as the other in UTC. Confined to its task. */
    static final class OfTimestamp extends ColumnWriter {
        OfTimestamp(TypeDescription column, String where) {
            super(column, where);
        }

        @Override
        void set(ColumnVector vector, int at, Object value) {
            TimestampColumnVector times = (TimestampColumnVector) vector;
            times.setIsUTC(true);
            times.changeCalendar(true, false);
            Instant instant =
                    value instanceof LocalDateTime local
                            ? local.toInstant(ZoneOffset.UTC)
                            : (Instant) value;
            if (instant.getEpochSecond() == -1 && instant.getNano() >= MISREAD_NANOS) {
                throw unfit(
                        value,
                        "lies in the last second before 1970, of which ORC can keep only the first"
                                + " millisecond");
            }
            try {
                times.time[at] = instant.toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                throw unfit(value, "is too far from 1970");
            }
            times.nanos[at] = instant.getNano();
        }
    }
}
