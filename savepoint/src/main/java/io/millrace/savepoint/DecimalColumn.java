package io.millrace.savepoint;

import io.millrace.connector.parquet.LeafBatches;
import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Written;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A decimal number whose scale is its own: the number at a scale that all have, and the scale that
 * it had. Immutable.
 */
final class DecimalColumn extends Column {
    private static final int SCALE = 18;
    private static final String VALUE = "value";
    private static final String OWN_SCALE = "scale";
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long[] POWERS = powersOfTen();
    private static final PlainValues TREES =
            PlainValues.of(new Written.ScalarOf(Scalar.BIG_DECIMAL));

    private static long[] powersOfTen() {
        long[] powers = new long[SCALE + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    @Override
    Type type(String name, Type.Repetition repetition) {
        return Types.buildGroup(repetition)
                .addField(
                        Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                                .length(ScalarColumn.DECIMAL_BYTES)
                                .as(
                                        LogicalTypeAnnotation.decimalType(
                                                SCALE, ScalarColumn.DECIMAL_DIGITS))
                                .named(VALUE))
                .addField(Types.optional(PrimitiveTypeName.INT32).named(OWN_SCALE))
                .named(name);
    }

    @Override
    ColumnOutput output(Place place) {
        return new Output(place.row(), place.leaves().next(), place.leaves().next(), place);
    }

    private static final class Output extends ColumnOutput {
        private final byte[] fixed = new byte[ScalarColumn.DECIMAL_BYTES];
        private final RowOutput row;
        private final LeafColumn value;
        private final LeafColumn scale;
        private final int definition;

        Output(RowOutput row, LeafColumn value, LeafColumn scale, Place place) {
            this.row = row;
            this.value = value;
            this.scale = scale;
            this.definition = place.definition();
        }

        @Override
        void write(Object tree, int repetition) {
            BigDecimal decimal = (BigDecimal) tree;
            byte[] digits = digits(decimal);
            if (digits == null || !isScale(decimal.scale())) {
                row.inexact();
            }
            if (digits == null) {
                value.addNull(repetition, definition);
            } else {
                value.addBytes(repetition, definition + 1, digits, 0, digits.length);
            }
            scale.addInt(repetition, definition + 1, decimal.scale());
        }

        @Override
        void move(BinaryReader in, int repetition) {
            int start = in.position();
            int own = in.readInt();
            int length = in.readLength(1);
            if (own >= 0 && own <= SCALE && length > 0 && length <= Long.BYTES) {
                long unscaled = 0;
                for (int i = 0; i < length; i++) {
                    unscaled = unscaled << Byte.SIZE | (in.readByte() & (i == 0 ? -1 : 0xFF));
                }
                write(unscaled, own, repetition);
                return;
            }
            in.skip(length);
            BinaryReader again = new BinaryReader(in.array(), start, in.position() - start);
            write(TREES.read(again, row.structures()), repetition);
        }

        /** Of at most 19 digits, of which up to 18 are behind the point: it has room for sure. */
        private void write(long unscaled, int own, int repetition) {
            long factor = POWERS[SCALE - own];
            LONGS.set(fixed, 0, Math.multiplyHigh(unscaled, factor));
            LONGS.set(fixed, Long.BYTES, unscaled * factor);
            value.addBytes(repetition, definition + 1, fixed, 0, fixed.length);
            scale.addInt(repetition, definition + 1, own);
        }

        @Override
        void absent(int repetition, int around) {
            value.addNull(repetition, around);
            scale.addNull(repetition, around);
        }
    }

    /** Whether a number that the columns hold can have that scale; zero can have any. */
    private static boolean isScale(int scale) {
        return scale <= SCALE && scale >= -ScalarColumn.DECIMAL_DIGITS;
    }

    /** Null if there are too many of them; a number with a huge exponent is never spelt out. */
    private static byte[] digits(BigDecimal decimal) {
        long whole = (long) decimal.precision() - decimal.scale();
        if (whole > ScalarColumn.DECIMAL_DIGITS - SCALE) {
            return decimal.signum() == 0 ? ScalarColumn.fixed(BigInteger.ZERO) : null;
        }
        return ScalarColumn.fixed(
                whole < -SCALE
                        ? BigInteger.ZERO
                        : decimal.setScale(SCALE, RoundingMode.HALF_EVEN).unscaledValue());
    }

    @Override
    ColumnInput input(ColumnInput.From from) {
        return new Input(from.leaves().next(), from.leaves().next(), from.definition());
    }

    private static final class Input extends ColumnInput {
        private final LeafBatches.Leaf value;
        private final LeafBatches.Leaf scale;
        private final int definition;

        Input(LeafBatches.Leaf value, LeafBatches.Leaf scale, int definition) {
            this.value = value;
            this.scale = scale;
            this.definition = definition;
        }

        @Override
        boolean isThere(int row) {
            return value.definition(row) >= definition;
        }

        @Override
        void copy(int row, BinaryWriter out, PlainStructures structures) {
            BigInteger digits =
                    value.definition(row) == definition
                            ? null
                            : new BigInteger(value.bytes(), value.begin(row), value.length(row));
            int own = scale.definition(row) == definition ? 0 : scale.intAt(row);
            TREES.write(decimal(digits, own), out, structures);
        }
    }

    /** Null where the columns cannot hold it: then the row has its own bytes. */
    private static BigDecimal decimal(BigInteger digits, int scale) {
        if (digits == null || !isScale(scale)) {
            return null;
        }
        try {
            return new BigDecimal(digits, SCALE).setScale(scale);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    @Override
    Converter converter(Sink sink) {
        return new Reading(sink);
    }

    private static final class Reading extends GroupConverter {
        private final Sink sink;
        private BigInteger digits;
        private int scale;

        Reading(Sink sink) {
            this.sink = sink;
        }

        @Override
        public Converter getConverter(int field) {
            return new PrimitiveConverter() {
                @Override
                public void addBinary(Binary value) {
                    digits = new BigInteger(value.getBytesUnsafe());
                }

                @Override
                public void addInt(int value) {
                    scale = value;
                }
            };
        }

        @Override
        public void start() {
            digits = null;
            scale = 0;
        }

        @Override
        public void end() {
            sink.set(decimal(digits, scale));
        }
    }
}
