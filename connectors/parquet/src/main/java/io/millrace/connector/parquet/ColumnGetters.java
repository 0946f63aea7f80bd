package io.millrace.connector.parquet;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Handles that give the value of a row of a column, of the type {@code (FlatColumn[], int row) ->
 * field}: numbers without boxes. Stateless.
 */
final class ColumnGetters {
    private static final MethodHandle INT = find("intOf", int.class);
    private static final MethodHandle LONG = find("longOf", long.class);
    private static final MethodHandle FLOAT = find("floatOf", float.class);
    private static final MethodHandle DOUBLE = find("doubleOf", double.class);
    private static final MethodHandle PRESENT = find("presentOf", Object.class);
    private static final MethodHandle BYTES = find("bytesOf", Object.class);
    private static final MethodHandle ANY = find("valueOf", Object.class);

    private ColumnGetters() {}

    /**
     * @param column its class
     * @param index of the column among all
     */
    static MethodHandle of(Class<?> column, int index, Class<?> field) {
        MethodHandle getter;
        if (column == IntColumn.class && field == int.class) {
            getter = INT;
        } else if (column == LongColumn.class && field == long.class) {
            getter = LONG;
        } else if (column == FloatColumn.class && field == float.class) {
            getter = FLOAT;
        } else if (column == DoubleColumn.class && field == double.class) {
            getter = DOUBLE;
        } else if (column == BytesColumn.class) {
            getter = BYTES;
        } else {
            getter = field.isPrimitive() ? PRESENT : ANY;
        }
        return MethodHandles.insertArguments(getter, 1, index)
                .asType(MethodType.methodType(field, FlatColumn[].class, int.class));
    }

    private static MethodHandle find(String name, Class<?> value) {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            ColumnGetters.class,
                            name,
                            MethodType.methodType(value, FlatColumn[].class, int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static int intOf(FlatColumn[] columns, int index, int row) {
        IntColumn column = (IntColumn) columns[index];
        requirePresent(column, row);
        return column.values[row];
    }

    private static long longOf(FlatColumn[] columns, int index, int row) {
        LongColumn column = (LongColumn) columns[index];
        requirePresent(column, row);
        return column.values[row];
    }

    private static float floatOf(FlatColumn[] columns, int index, int row) {
        FloatColumn column = (FloatColumn) columns[index];
        requirePresent(column, row);
        return column.values[row];
    }

    private static double doubleOf(FlatColumn[] columns, int index, int row) {
        DoubleColumn column = (DoubleColumn) columns[index];
        requirePresent(column, row);
        return column.values[row];
    }

    private static Object bytesOf(FlatColumn[] columns, int index, int row) {
        BytesColumn column = (BytesColumn) columns[index];
        return column.anyAbsent && column.absent[row] ? null : column.values[row];
    }

    private static Object presentOf(FlatColumn[] columns, int index, int row) {
        FlatColumn column = columns[index];
        requirePresent(column, row);
        return column.value(row);
    }

    private static Object valueOf(FlatColumn[] columns, int index, int row) {
        return columns[index].value(row);
    }

    /** A primitive field cannot be null. */
    private static void requirePresent(FlatColumn column, int row) {
        if (column.anyAbsent && column.absent[row]) {
            throw Malformed.schema(
                    column.where(),
                    "a value is null, but the field is primitive. Declare it as an object");
        }
    }
}
