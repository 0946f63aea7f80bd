package io.millrace.connector.parquet;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/** Moves the value of a row from a column to a field of an object. Confined to its task. */
/* Numbers go to fields of their own primitive type without boxes. */
interface FieldSetter {
    void set(Object target, int row) throws Throwable;

    /**
     * @param setter of an object and a value
     */
    static FieldSetter of(FlatColumn column, Class<?> field, MethodHandle setter) {
        if (column instanceof IntColumn ints && field == int.class) {
            MethodHandle exact = as(setter, int.class);
            return (target, row) -> {
                requirePresent(column, row);
                exact.invokeExact(target, ints.values[row]);
            };
        }
        if (column instanceof LongColumn longs && field == long.class) {
            MethodHandle exact = as(setter, long.class);
            return (target, row) -> {
                requirePresent(column, row);
                exact.invokeExact(target, longs.values[row]);
            };
        }
        if (column instanceof DoubleColumn doubles && field == double.class) {
            MethodHandle exact = as(setter, double.class);
            return (target, row) -> {
                requirePresent(column, row);
                exact.invokeExact(target, doubles.values[row]);
            };
        }
        MethodHandle exact = as(setter, Object.class);
        if (!field.isPrimitive()) {
            return (target, row) -> {
                exact.invokeExact(target, column.value(row));
            };
        }
        return (target, row) -> {
            requirePresent(column, row);
            exact.invokeExact(target, column.value(row));
        };
    }

    private static MethodHandle as(MethodHandle setter, Class<?> value) {
        return setter.asType(MethodType.methodType(void.class, Object.class, value));
    }

    /** A primitive field cannot be null. */
    static void requirePresent(FlatColumn column, int row) {
        if (column.absent[row]) {
            throw Malformed.schema(
                    column.where(),
                    "a value is null, but the field is primitive. Declare it as an object");
        }
    }
}
