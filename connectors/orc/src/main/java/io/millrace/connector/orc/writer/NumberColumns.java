package io.millrace.connector.orc.writer;

import java.math.BigDecimal;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.common.type.HiveDecimal;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;

/** Columns of numbers and truth values. */
final class NumberColumns {
    private NumberColumns() {}

    /** Confined to its task. */
    static final class OfBoolean extends ColumnWriter {
        OfBoolean(TypeDescription column, String where) {
            super(column, where);
        }

        @Override
        void set(ColumnVector vector, int at, Object value) {
            ((LongColumnVector) vector).vector[at] = (Boolean) value ? 1 : 0;
        }
    }

    /** Confined to its task. */
    static final class OfInteger extends ColumnWriter {
        private final long min;
        private final long max;

        OfInteger(TypeDescription column, String where, long min, long max) {
            super(column, where);
            this.min = min;
            this.max = max;
        }

        @Override
        void set(ColumnVector vector, int at, Object value) {
            if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
                throw unfit(value, "is no integer");
            }
            long number = ((Number) value).longValue();
            if (number < min || number > max) {
                throw unfit(value, "is not between " + min + " and " + max);
            }
            ((LongColumnVector) vector).vector[at] = number;
        }
    }

    /** Of single precision, too. Confined to its task. */
    static final class OfDouble extends ColumnWriter {
        OfDouble(TypeDescription column, String where) {
            super(column, where);
        }

        @Override
        void set(ColumnVector vector, int at, Object value) {
            ((DoubleColumnVector) vector).vector[at] =
                    value instanceof Float single ? single : (Double) value;
        }
    }

    /** Confined to its task. */
    static final class OfDecimal extends ColumnWriter {
        private final int precision;
        private final int scale;

        OfDecimal(TypeDescription column, String where) {
            super(column, where);
            this.precision = column.getPrecision();
            this.scale = column.getScale();
        }

        @Override
        void set(ColumnVector vector, int at, Object value) {
            BigDecimal exact = ((BigDecimal) value).stripTrailingZeros();
            int fraction = Math.max(0, exact.scale());
            int whole = exact.precision() - exact.scale();
            if (fraction > scale || whole > precision - scale) {
                throw unfit(
                        value,
                        "has "
                                + Math.max(0, whole)
                                + " digits before the point and "
                                + fraction
                                + " behind it");
            }
            ((DecimalColumnVector) vector).set(at, HiveDecimal.create(exact, false));
        }
    }
}
