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
        return Sum.of(first, field.get(first));
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

    @Override
    public int touch(Object state) {
        return ((Sum) state).touch();
    }

    /**
     * The first record of a key, and the sum so far as a number that changes in place: an object
     * that is old already is not made to point to a new one for each record.
     */
    /* A class for each kind of number, so that a sum is three words and needs one cache line in most
     * cases: most of the time of a sum over many keys goes into waiting for them.
     */
    private abstract static class Sum {
        final Object first;

        Sum(Object first) {
            this.first = first;
        }

        static Sum of(Object first, Object value) {
            if (value instanceof Long number) {
                return new LongSum(first, number);
            }
            if (value instanceof Integer number) {
                return new IntegerSum(first, number);
            }
            if (value instanceof Double number) {
                return new DoubleSum(first, number);
            }
            return new OtherSum(first, value);
        }

        /** Folds a value of the type of the first; fails with another, which cannot be added. */
        abstract void add(Object value, FieldAccess field);

        /** In the type of the first. */
        abstract Object value();

        /** Reads the number. */
        abstract int touch();
    }

    private static final class LongSum extends Sum {
        private long sum;

        LongSum(Object first, long sum) {
            super(first);
            this.sum = sum;
        }

        @Override
        void add(Object value, FieldAccess field) {
            sum = value instanceof Long number ? sum + number : (Long) sumOf(sum, value, field);
        }

        @Override
        Object value() {
            return sum;
        }

        @Override
        int touch() {
            return (int) sum;
        }
    }

    private static final class IntegerSum extends Sum {
        private int sum;

        IntegerSum(Object first, int sum) {
            super(first);
            this.sum = sum;
        }

        @Override
        void add(Object value, FieldAccess field) {
            sum =
                    value instanceof Integer number
                            ? sum + number
                            : (Integer) sumOf(sum, value, field);
        }

        @Override
        Object value() {
            return sum;
        }

        @Override
        int touch() {
            return sum;
        }
    }

    private static final class DoubleSum extends Sum {
        private double sum;

        DoubleSum(Object first, double sum) {
            super(first);
            this.sum = sum;
        }

        @Override
        void add(Object value, FieldAccess field) {
            sum = value instanceof Double number ? sum + number : (Double) sumOf(sum, value, field);
        }

        @Override
        Object value() {
            return sum;
        }

        @Override
        int touch() {
            return (int) sum;
        }
    }

    /** Of numbers that are objects, however they are kept. */
    private static final class OtherSum extends Sum {
        private Object sum;

        OtherSum(Object first, Object sum) {
            super(first);
            this.sum = sum;
        }

        @Override
        void add(Object value, FieldAccess field) {
            sum = sumOf(sum, value, field);
        }

        @Override
        Object value() {
            return sum;
        }

        @Override
        int touch() {
            return sum == null ? 0 : 1;
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
