package io.millrace.savepoint;

import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Written;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.util.UUID;

/**
 * The one leaf of a scalar. Subclasses read the frequent types straight from their bytes; of the
 * others, and of what is out of the ordinary in a frequent one, an object is made. Confined.
 */
abstract class ScalarOutput extends ColumnOutput {
    private final RowOutput row;
    private final LeafColumn leaf;
    private final int definition;
    private final PlainValues trees;

    ScalarOutput(Scalar scalar, Place place) {
        this.row = place.row();
        this.leaf = place.leaves().next();
        this.definition = place.definition();
        this.trees = PlainValues.of(new Written.ScalarOf(scalar));
    }

    static ScalarOutput of(Scalar scalar, Place place) {
        return switch (scalar) {
            case BOOLEAN -> new Booleans(place);
            case BYTE, SHORT, INT, YEAR -> new Ints(scalar, place);
            case LONG -> new Longs(place);
            case FLOAT -> new Floats(place);
            case DOUBLE -> new Doubles(place);
            case STRING -> new Texts(place);
            case BYTES -> new Bytes(place);
            case LOCAL_DATE -> new Days(place);
            case UUID -> new Ids(place);
            case INSTANT, LOCAL_DATE_TIME, SQL_TIMESTAMP, DATE, SQL_DATE, SQL_TIME ->
                    new TimeOutput(scalar, place);
            default -> new Printed(scalar, place);
        };
    }

    final RowOutput row() {
        return row;
    }

    final LeafColumn leaf() {
        return leaf;
    }

    final int definition() {
        return definition;
    }

    @Override
    void move(BinaryReader in, int repetition) {
        write(trees.read(in, row.structures()), repetition);
    }

    @Override
    final void absent(int repetition, int around) {
        leaf.addNull(repetition, around);
    }

    final void bytes(byte[] bytes, int repetition) {
        leaf.addBytes(repetition, definition, bytes, 0, bytes.length);
    }

    final void text(String text, int repetition) {
        if (hasHalfPair(text)) {
            row.inexact(); // it becomes a question mark
        }
        bytes(text.getBytes(StandardCharsets.UTF_8), repetition);
    }

    /** Whether there is half of a pair of surrogates, which UTF-8 cannot hold. */
    private static boolean hasHalfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length()
                        || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static final class Booleans extends ScalarOutput {
        Booleans(Place place) {
            super(Scalar.BOOLEAN, place);
        }

        @Override
        void write(Object value, int repetition) {
            leaf().addBoolean(repetition, definition(), (Boolean) value);
        }

        @Override
        void move(BinaryReader in, int repetition) {
            leaf().addBoolean(repetition, definition(), in.readBoolean());
        }
    }

    private static final class Ints extends ScalarOutput {
        private final Scalar scalar;

        Ints(Scalar scalar, Place place) {
            super(scalar, place);
            this.scalar = scalar;
        }

        @Override
        void write(Object value, int repetition) {
            int number = scalar == Scalar.YEAR ? ((Year) value).getValue() : intOf(value);
            leaf().addInt(repetition, definition(), number);
        }

        private static int intOf(Object value) {
            return ((Number) value).intValue();
        }

        @Override
        void move(BinaryReader in, int repetition) {
            switch (scalar) {
                case BYTE -> leaf().addInt(repetition, definition(), in.readByte());
                case SHORT -> leaf().addInt(repetition, definition(), in.readShort());
                case INT -> leaf().addInt(repetition, definition(), in.readInt());
                default -> super.move(in, repetition);
            }
        }
    }

    private static final class Longs extends ScalarOutput {
        Longs(Place place) {
            super(Scalar.LONG, place);
        }

        @Override
        void write(Object value, int repetition) {
            leaf().addLong(repetition, definition(), (Long) value);
        }

        @Override
        void move(BinaryReader in, int repetition) {
            leaf().addLong(repetition, definition(), in.readLong());
        }
    }

    private static final class Floats extends ScalarOutput {
        Floats(Place place) {
            super(Scalar.FLOAT, place);
        }

        @Override
        void write(Object value, int repetition) {
            leaf().addFloat(repetition, definition(), (Float) value);
        }

        @Override
        void move(BinaryReader in, int repetition) {
            leaf().addFloat(repetition, definition(), in.readFloat());
        }
    }

    private static final class Doubles extends ScalarOutput {
        Doubles(Place place) {
            super(Scalar.DOUBLE, place);
        }

        @Override
        void write(Object value, int repetition) {
            leaf().addDouble(repetition, definition(), (Double) value);
        }

        @Override
        void move(BinaryReader in, int repetition) {
            leaf().addDouble(repetition, definition(), in.readDouble());
        }
    }

    private static final class Texts extends ScalarOutput {
        Texts(Place place) {
            super(Scalar.STRING, place);
        }

        @Override
        void write(Object value, int repetition) {
            text((String) value, repetition);
        }

        @Override
        void move(BinaryReader in, int repetition) {
            int length = in.readTextLength();
            if (length < 0) {
                text(in.readChars(), repetition);
                return;
            }
            leaf().addBytes(repetition, definition(), in.array(), in.position(), length);
            in.skip(length);
        }
    }

    private static final class Bytes extends ScalarOutput {
        Bytes(Place place) {
            super(Scalar.BYTES, place);
        }

        @Override
        void write(Object value, int repetition) {
            bytes((byte[]) value, repetition);
        }

        @Override
        void move(BinaryReader in, int repetition) {
            int length = in.readLength(1);
            leaf().addBytes(repetition, definition(), in.array(), in.position(), length);
            in.skip(length);
        }
    }

    private static final class Days extends ScalarOutput {
        Days(Place place) {
            super(Scalar.LOCAL_DATE, place);
        }

        @Override
        void write(Object value, int repetition) {
            long day = ((LocalDate) value).toEpochDay();
            int clamped = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, day));
            if (clamped != day) {
                row().inexact();
            }
            leaf().addInt(repetition, definition(), clamped);
        }

        @Override
        void move(BinaryReader in, int repetition) {
            long day = in.readLong();
            if (day == (int) day) {
                leaf().addInt(repetition, definition(), (int) day);
            } else if (day >= LocalDate.MIN.toEpochDay() && day <= LocalDate.MAX.toEpochDay()) {
                write(LocalDate.ofEpochDay(day), repetition);
            } else {
                throw TimeOutput.outOfRange("the day " + day, in);
            }
        }
    }

    private static final class Ids extends ScalarOutput {
        private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

        /** Before which of the 32 digits there is a dash, a bit for each. */
        private static final int DASHES = 1 << 8 | 1 << 12 | 1 << 16 | 1 << 20;

        private final byte[] text = new byte[36];

        Ids(Place place) {
            super(Scalar.UUID, place);
        }

        @Override
        void write(Object value, int repetition) {
            UUID id = (UUID) value;
            print(id.getMostSignificantBits(), id.getLeastSignificantBits(), repetition);
        }

        @Override
        void move(BinaryReader in, int repetition) {
            print(in.readLong(), in.readLong(), repetition);
        }

        private void print(long high, long low, int repetition) {
            int at = 0;
            for (int i = 0; i < 32; i++) {
                if ((DASHES >>> i & 1) != 0) {
                    text[at++] = '-';
                }
                long half = i < 16 ? high : low;
                text[at++] = DIGITS[(int) (half >>> 60 - 4 * (i & 15)) & 15];
            }
            bytes(text, repetition);
        }
    }

    /** What is text as Java prints it, and numbers of any size. */
    private static final class Printed extends ScalarOutput {
        private final Scalar scalar;

        Printed(Scalar scalar, Place place) {
            super(scalar, place);
            this.scalar = scalar;
        }

        @Override
        void write(Object value, int repetition) {
            switch (scalar) {
                case CHAR, LOCAL_TIME -> text(value.toString(), repetition);
                case CHARS -> text(new String((char[]) value), repetition);
                case BIG_INTEGER -> decimal((BigInteger) value, repetition);
                case OFFSET_DATE_TIME, ZONED_DATE_TIME, ZONE_ID, DURATION, PERIOD ->
                        printed(value, repetition);
                default -> throw new IllegalArgumentException(scalar + " is not one column");
            }
        }

        /** Text as Java prints it, if Java reads it so too. */
        private void printed(Object value, int repetition) {
            String text = value.toString();
            try {
                if (!ScalarColumn.ofText(scalar, text).equals(value)) {
                    row().inexact();
                }
            } catch (DateTimeException e) {
                row().inexact();
            }
            text(text, repetition);
        }

        private void decimal(BigInteger value, int repetition) {
            byte[] fixed = ScalarColumn.fixed(value);
            if (fixed == null) {
                row().inexact();
                fixed = ScalarColumn.fixed(BigInteger.ZERO);
            }
            bytes(fixed, repetition);
        }
    }
}
