package io.millrace.savepoint;

import io.millrace.runtime.serde.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.DateTimeException;
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
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A scalar that is one column. What has no type in Parquet that everybody reads is text as Java
 * prints it. Immutable.
 */
final class ScalarColumn extends Column {
    static final int DECIMAL_BYTES = 16;
    static final int DECIMAL_DIGITS = 38;

    private static final long MICROS = 1_000_000;
    private static final int NANOS_OF_MICRO = 1000;

    private final Scalar scalar;

    ScalarColumn(Scalar scalar) {
        this.scalar = scalar;
    }

    @Override
    Type type(String name, Type.Repetition repetition) {
        Types.PrimitiveBuilder<PrimitiveType> type = Types.primitive(physical(), repetition);
        if (scalar == Scalar.BIG_INTEGER) {
            type = type.length(DECIMAL_BYTES);
        }
        if (scalar == Scalar.FLOAT || scalar == Scalar.DOUBLE) {
            // The total order of IEEE 754, which the library would name, is unknown to readers that
            // are older; Hive then takes a group with such a column for another one.
            type = type.columnOrder(ColumnOrder.typeDefined());
        }
        return type.as(annotation()).named(name);
    }

    private PrimitiveTypeName physical() {
        return switch (scalar) {
            case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
            case BYTE, SHORT, INT, YEAR, LOCAL_DATE -> PrimitiveTypeName.INT32;
            case LONG, INSTANT, LOCAL_DATE_TIME, DATE, SQL_DATE, SQL_TIME, SQL_TIMESTAMP ->
                    PrimitiveTypeName.INT64;
            case FLOAT -> PrimitiveTypeName.FLOAT;
            case DOUBLE -> PrimitiveTypeName.DOUBLE;
            case BIG_INTEGER -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
            default -> PrimitiveTypeName.BINARY;
        };
    }

    private LogicalTypeAnnotation annotation() {
        return switch (scalar) {
            case BOOLEAN, INT, YEAR, LONG, FLOAT, DOUBLE, BYTES -> null;
            case BYTE -> LogicalTypeAnnotation.intType(8, true);
            case SHORT -> LogicalTypeAnnotation.intType(16, true);
            case LOCAL_DATE -> LogicalTypeAnnotation.dateType();
            case INSTANT, SQL_TIMESTAMP ->
                    LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
            case DATE, SQL_DATE, SQL_TIME ->
                    LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS);
            case LOCAL_DATE_TIME -> LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS);
            case BIG_INTEGER -> LogicalTypeAnnotation.decimalType(0, DECIMAL_DIGITS);
            default -> LogicalTypeAnnotation.stringType();
        };
    }

    @Override
    ColumnOutput output(Place place) {
        return ScalarOutput.of(scalar, place);
    }

    @Override
    ColumnInput input(ColumnInput.From from) {
        return new ScalarInput(scalar, this, from);
    }

    /** The bytes of a number of up to {@link #DECIMAL_DIGITS} digits; null if it has more. */
    static byte[] fixed(BigInteger value) {
        if (value.bitLength() >= DECIMAL_BYTES * 8
                || new BigDecimal(value).precision() > DECIMAL_DIGITS) {
            return null;
        }
        byte[] digits = value.toByteArray();
        byte[] bytes = new byte[DECIMAL_BYTES];
        Arrays.fill(bytes, 0, DECIMAL_BYTES - digits.length, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, bytes, DECIMAL_BYTES - digits.length, digits.length);
        return bytes;
    }

    @Override
    Converter converter(Sink sink) {
        return new Reading(sink);
    }

    Object ofInt(int value) {
        return switch (scalar) {
            case BYTE -> (byte) value;
            case SHORT -> (short) value;
            case YEAR -> Year.of(value);
            case LOCAL_DATE -> LocalDate.ofEpochDay(value);
            default -> value;
        };
    }

    private Object ofLong(long value) {
        return switch (scalar) {
            case INSTANT -> instant(value);
            case LOCAL_DATE_TIME -> LocalDateTime.ofInstant(instant(value), ZoneOffset.UTC);
            case SQL_TIMESTAMP -> Timestamp.from(instant(value));
            case DATE -> new Date(value);
            case SQL_DATE -> new java.sql.Date(value);
            case SQL_TIME -> new java.sql.Time(value);
            default -> value;
        };
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * NANOS_OF_MICRO);
    }

    /** Null if it is none of the scalar. */
    Object ofBinary(Binary binary) {
        return switch (scalar) {
            case BYTES -> binary.getBytes();
            case BIG_INTEGER -> new BigInteger(binary.getBytesUnsafe());
            default -> ofStoredText(binary.toStringUsingUTF8());
        };
    }

    private Object ofStoredText(String text) {
        try {
            return ofText(scalar, text);
        } catch (DateTimeException | IllegalArgumentException e) {
            return null; // an error, unless the row has its own bytes
        }
    }

    /** What was printed as a text. */
    static Object ofText(Scalar scalar, String text) {
        return switch (scalar) {
            // Longer or empty where the row's own bytes count.
            case CHAR -> text.isEmpty() ? '\0' : text.charAt(0);
            case CHARS -> text.toCharArray();
            case UUID -> UUID.fromString(text);
            case LOCAL_TIME -> LocalTime.parse(text);
            case OFFSET_DATE_TIME -> OffsetDateTime.parse(text);
            case ZONED_DATE_TIME -> ZonedDateTime.parse(text);
            case ZONE_ID -> ZoneId.of(text);
            case DURATION -> Duration.parse(text);
            case PERIOD -> Period.parse(text);
            default -> text;
        };
    }

    /** Makes values of one place. Those of a dictionary are made once. */
    private final class Reading extends PrimitiveConverter {
        private final Sink sink;
        private Object[] known;

        Reading(Sink sink) {
            this.sink = sink;
        }

        @Override
        public boolean hasDictionarySupport() {
            // What can be changed must not be shared.
            return scalar == Scalar.STRING;
        }

        @Override
        public void setDictionary(Dictionary dictionary) {
            known = new Object[dictionary.getMaxId() + 1];
            for (int i = 0; i < known.length; i++) {
                known[i] = ofBinary(dictionary.decodeToBinary(i));
            }
        }

        @Override
        public void addValueFromDictionary(int id) {
            sink.set(known[id]);
        }

        @Override
        public void addBoolean(boolean value) {
            sink.set(value);
        }

        @Override
        public void addInt(int value) {
            sink.set(ofInt(value));
        }

        @Override
        public void addLong(long value) {
            sink.set(ofLong(value));
        }

        @Override
        public void addFloat(float value) {
            sink.set(value);
        }

        @Override
        public void addDouble(double value) {
            sink.set(value);
        }

        @Override
        public void addBinary(Binary value) {
            sink.set(ofBinary(value));
        }
    }
}
