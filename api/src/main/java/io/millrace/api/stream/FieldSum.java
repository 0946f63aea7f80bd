package io.millrace.api.stream;

import io.millrace.api.function.ReduceFunction;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Adds up a number field. Confined to its task. */
final class FieldSum<T> implements ReduceFunction<T> {
    private static final long serialVersionUID = 1L;

    private final FieldAccess field;

    FieldSum(FieldAccess field) {
        this.field = field;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T reduce(T value1, T value2) {
        return (T) field.with(value1, add(field.get(value1), field.get(value2)));
    }

    /** The sum in the type of the first; overflow wraps, as in Java. */
    private Object add(Object a, Object b) {
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
