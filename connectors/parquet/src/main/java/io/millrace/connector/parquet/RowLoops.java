package io.millrace.connector.parquet;

import io.millrace.api.type.TypeField;
import io.millrace.connector.file.columnar.ObjectFields;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiled loops from columns to objects, one for each class and kinds of its columns. Thread-safe.
 */
/* A handle that takes columns and a row makes one object: fields are read from arrays and put into the
 * constructor or the setters, numbers without boxes. The compiler inlines all of that only where the handle
 * is a constant; so each gets a hidden class with the loop around it (RowLoopTemplate). Columns are arguments
 * and not parts of the handle: else each split of a file would be compiled anew, which cost more than to
 * read it. The loops live as long as the class that they make.
 */
final class RowLoops {
    private static final ClassValue<Map<List<Class<?>>, RowLoop>> KNOWN =
            new ClassValue<>() {
                @Override
                protected Map<List<Class<?>>, RowLoop> computeValue(Class<?> type) {
                    return new ConcurrentHashMap<>();
                }
            };

    private RowLoops() {}

    /**
     * @param columns of each field, null where the file has none
     */
    static RowLoop of(ObjectFields<?> fields, FlatColumn[] columns)
            throws ReflectiveOperationException {
        List<Class<?>> kinds = new ArrayList<>();
        for (FlatColumn column : columns) {
            kinds.add(column == null ? Void.class : column.getClass());
        }
        Map<List<Class<?>>, RowLoop> known = KNOWN.get(fields.type());
        RowLoop loop = known.get(kinds);
        if (loop == null) {
            loop = define(fields.isRecord() ? record(fields, columns) : object(fields, columns));
            RowLoop other = known.putIfAbsent(List.copyOf(kinds), loop);
            loop = other == null ? loop : other;
        }
        return loop;
    }

    private static RowLoop define(MethodHandle row) throws ReflectiveOperationException {
        MethodHandle exact =
                row.asType(MethodType.methodType(Object.class, FlatColumn[].class, int.class));
        return HiddenClasses.of(RowLoopTemplate.class, exact);
    }

    /** Of a Java record: columns and row to each component, and those to its constructor. */
    private static MethodHandle record(ObjectFields<?> fields, FlatColumn[] columns)
            throws ReflectiveOperationException {
        MethodHandle constructor = fields.canonicalConstructor();
        int size = columns.length;
        if (size == 0) {
            return MethodHandles.dropArguments(constructor, 0, FlatColumn[].class, int.class);
        }
        // Components are taken from the last on, so that the places of those before stay.
        MethodHandle made = constructor;
        for (int i = size - 1; i >= 0; i--) {
            made = MethodHandles.collectArguments(made, i, getter(fields, columns, i));
        }
        List<Class<?>> pairs = new ArrayList<>();
        int[] places = new int[2 * size];
        for (int i = 0; i < size; i++) {
            Collections.addAll(pairs, FlatColumn[].class, int.class);
            places[2 * i + 1] = 1;
        }
        assert made.type().parameterList().equals(pairs) : made.type();
        MethodType ofRow =
                MethodType.methodType(
                        constructor.type().returnType(), FlatColumn[].class, int.class);
        return MethodHandles.permuteArguments(made, ofRow, places);
    }

    /** Of a plain class: an object, and for each column a call of the setter. */
    private static MethodHandle object(ObjectFields<?> fields, FlatColumn[] columns)
            throws ReflectiveOperationException {
        MethodHandle filled =
                MethodHandles.dropArguments(
                        MethodHandles.identity(Object.class), 1, FlatColumn[].class, int.class);
        List<TypeField> all = fields.fields();
        for (int i = columns.length - 1; i >= 0; i--) {
            if (columns[i] != null) {
                MethodHandle setter = fields.setter(all.get(i));
                setter = setter.asType(setter.type().changeParameterType(0, Object.class));
                filled =
                        MethodHandles.foldArguments(
                                filled,
                                MethodHandles.collectArguments(
                                        setter, 1, getter(fields, columns, i)));
            }
        }
        return MethodHandles.foldArguments(filled, fields.emptyConstructor());
    }

    private static MethodHandle getter(ObjectFields<?> fields, FlatColumn[] columns, int index) {
        Class<?> type = fields.fields().get(index).rawType();
        return columns[index] == null
                ? MethodHandles.dropArguments(
                        MethodHandles.constant(type, null), 0, FlatColumn[].class, int.class)
                : ColumnGetters.of(columns[index].getClass(), index, type);
    }
}
