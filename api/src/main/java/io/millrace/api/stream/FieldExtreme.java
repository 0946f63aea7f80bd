package io.millrace.api.stream;

import io.millrace.api.function.ReduceFunction;

/**
 * Keeps the lowest or highest value of a field, or the record that has it. Confined to its task.
 */
final class FieldExtreme<T> implements ReduceFunction<T> {
    private static final long serialVersionUID = 1L;

    private final FieldAccess field;
    private final boolean lowest;
    private final boolean wholeRecord;
    private final boolean firstOfEqual;

    private FieldExtreme(
            FieldAccess field, boolean lowest, boolean wholeRecord, boolean firstOfEqual) {
        this.field = field;
        this.lowest = lowest;
        this.wholeRecord = wholeRecord;
        this.firstOfEqual = firstOfEqual;
    }

    /** The first record, with the extreme value of the field. */
    static <T> FieldExtreme<T> value(FieldAccess field, boolean lowest) {
        return new FieldExtreme<>(field, lowest, false, true);
    }

    /** The record that has the extreme value. */
    static <T> FieldExtreme<T> record(FieldAccess field, boolean lowest, boolean firstOfEqual) {
        return new FieldExtreme<>(field, lowest, true, firstOfEqual);
    }

    @Override
    @SuppressWarnings("unchecked")
    public T reduce(T value1, T value2) {
        Object first = field.get(value1);
        Object second = field.get(value2);
        int order = ((Comparable<Object>) first).compareTo(second);
        boolean keepsFirst = order == 0 ? firstOfEqual : (order < 0) == lowest;
        if (keepsFirst) {
            return value1;
        }
        return wholeRecord ? value2 : (T) field.with(value1, second);
    }
}
