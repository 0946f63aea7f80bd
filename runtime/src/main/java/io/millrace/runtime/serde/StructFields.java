package io.millrace.runtime.serde;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a class that belong to its value, superclass first, in the order of declaration.
 */
final class StructFields {
    private StructFields() {}

    private static List<Field> of(Class<?> type) throws NoSuchFieldException {
        List<Field> fields = new ArrayList<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                fields.add(type.getDeclaredField(component.getName()));
            }
            return fields;
        }
        if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
            fields.addAll(of(type.getSuperclass()));
        }
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())
                    && !Modifier.isTransient(field.getModifiers())) {
                fields.add(field);
            }
        }
        return fields;
    }

    /** By a name for each; a name that a superclass has used gets the class in front. In order. */
    static Map<String, Field> byName(Class<?> type) throws NoSuchFieldException {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (Field field : of(type)) {
            if (fields.putIfAbsent(field.getName(), field) != null) {
                fields.put(
                        field.getDeclaringClass().getSimpleName() + "." + field.getName(), field);
            }
        }
        return fields;
    }

    /** Whether the fields can be set after a constructor without arguments. */
    static boolean settable(Class<?> type, Collection<Field> fields) {
        boolean constructible =
                Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(constructor -> constructor.getParameterCount() == 0);
        return constructible
                && fields.stream().noneMatch(field -> Modifier.isFinal(field.getModifiers()));
    }
}
