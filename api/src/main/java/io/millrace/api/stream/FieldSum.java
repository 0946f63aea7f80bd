package io.millrace.api.stream;

import io.millrace.api.graph.RunningFold;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Adds up a number field. Confined to its task. */
final class FieldSum<T> implements RunningFold<T> {
    private static final long serialVersionUID = 1L;

    private final FieldAccess field;

    FieldSum(FieldAccess field) {
        this.field = field;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T reduce(T value1, T value2) {
        return (T) field.with(value1, sumOf(field.get(value1), field.get(value2), field));
    }

    @Override
    public Object begin(T first) {
        return new Sum(first, field.get(first));
    }

    @Override
    public void add(Object state, T record) {
        ((Sum) state).add(field.get(record), field);
    }

    @Override
    @SuppressWarnings("unchecked")
    public T base(Object state) {
        return (T) ((Sum) state).first;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T result(Object state, T base, boolean owned) {
        Object value = ((Sum) state).value();
        return (T) (owned ? field.put(base, value) : field.with(base, value));
    }

    private enum Kind {
        LONG,
        INTEGER,
        DOUBLE,
        OTHER
    }

    /**
     * The first record of a key, and the sum so far as a number that changes in place: an object
     * that is old already is not made to point to a new one for each record.
     */
    private static final class Sum {
        final Object first;
        private Kind kind;
        private Object other;
        private long bits; // the number, of a double its bits

        Sum(Object first, Object value) {
            this.first = first;
            if (value instanceof Long number) {
                kind = Kind.LONG;
                bits = number;
            } else if (value instanceof Integer number) {
                kind = Kind.INTEGER;
                bits = number;
            } else if (value instanceof Double number) {
                kind = Kind.DOUBLE;
                bits = Double.doubleToRawLongBits(number);
            } else {
                kind = Kind.OTHER;
                other = value;
            }
        }

        void add(Object value, FieldAccess field) {
            if (kind == Kind.LONG && value instanceof Long number) {
                bits += number;
            } else if (kind == Kind.INTEGER && value instanceof Integer number) {
                bits += number;
            } else if (kind == Kind.DOUBLE && value instanceof Double number) {
                bits = Double.doubleToRawLongBits(Double.longBitsToDouble(bits) + number);
            } else {
                other = sumOf(value(), value, field);
                kind = Kind.OTHER;
            }
        }

        /** In the type of the first. */
        Object value() {
            return switch (kind) {
                case LONG -> Long.valueOf(bits);
                case INTEGER -> Integer.valueOf((int) bits);
                case DOUBLE -> Double.valueOf(Double.longBitsToDouble(bits));
                case OTHER -> other;
            };
        }
    }

    /** The sum in the type of the first; overflow wraps, as in Java. */
    private static Object sumOf(Object a, Object b, FieldAccess field) {
        if (a instanceof Integer x && b instanceof Integer y) {
            return x + y;
        }
        if (a instanceof Long x && b instanceof Long y) {
            return x + y;
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x + y;
        }
        if (a instanceof Float x && b instanceof Float y) {
            return x + y;
        }
        if (a instanceof Short x && b instanceof Short y) {
            return (short) (x + y);
        }
        if (a instanceof Byte x && b instanceof Byte y) {
            return (byte) (x + y);
        }
        if (a instanceof BigInteger x && b instanceof BigInteger y) {
            return x.add(y);
        }
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.add(y);
        }
        throw new IllegalArgumentException(
                "Field " + field + " cannot be added up: its values are " + a + " and " + b + ".");
    }
}
