package io.millrace.connector.parquet;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Handles that give the value of a row of a column, of the type {@code (int) -> component}: numbers
 * without boxes. Stateless.
 */
final class ColumnGetters {
    private static final MethodHandle INT = find("intOf", int.class, IntColumn.class);
    private static final MethodHandle LONG = find("longOf", long.class, LongColumn.class);
    private static final MethodHandle FLOAT = find("floatOf", float.class, FloatColumn.class);
    private static final MethodHandle DOUBLE = find("doubleOf", double.class, DoubleColumn.class);
    private static final MethodHandle PRESENT = find("presentOf", Object.class, FlatColumn.class);
    private static final MethodHandle ANY = find("valueOf", Object.class, FlatColumn.class);

    private ColumnGetters() {}

    /**
     * @param column null to give null
     */
    static MethodHandle of(FlatColumn column, Class<?> component) {
        if (column == null) {
            return MethodHandles.dropArguments(
                    MethodHandles.constant(component, null), 0, int.class);
        }
        MethodHandle getter;
        if (column instanceof IntColumn && component == int.class) {
            getter = INT;
        } else if (column instanceof LongColumn && component == long.class) {
            getter = LONG;
        } else if (column instanceof FloatColumn && component == float.class) {
            getter = FLOAT;
        } else if (column instanceof DoubleColumn && component == double.class) {
            getter = DOUBLE;
        } else {
            getter = component.isPrimitive() ? PRESENT : ANY;
        }
        return getter.bindTo(column).asType(MethodType.methodType(component, int.class));
    }

    private static MethodHandle find(String name, Class<?> value, Class<?> column) {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            ColumnGetters.class,
                            name,
                            MethodType.methodType(value, column, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static int intOf(IntColumn column, int row) {
        FieldSetter.requirePresent(column, row);
        return column.values[row];
    }

    private static long longOf(LongColumn column, int row) {
        FieldSetter.requirePresent(column, row);
        return column.values[row];
    }

    private static float floatOf(FloatColumn column, int row) {
        FieldSetter.requirePresent(column, row);
        return column.values[row];
    }

    private static double doubleOf(DoubleColumn column, int row) {
        FieldSetter.requirePresent(column, row);
        return column.values[row];
    }

    private static Object presentOf(FlatColumn column, int row) {
        FieldSetter.requirePresent(column, row);
        return column.value(row);
    }

    private static Object valueOf(FlatColumn column, int row) {
        return column.value(row);
    }
}
