package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads and replaces fields of plain classes and records by reflection. Immutable; one for each
 * class, held by the class itself, so that it goes with its loader.
 */
final class FieldsOfClass {
    private static final ClassValue<FieldsOfClass> BY_CLASS =
            new ClassValue<>() {
                @Override
                protected FieldsOfClass computeValue(Class<?> type) {
                    return new FieldsOfClass(type);
                }
            };

    private final Class<?> type;
    private final List<Field> fields;

    /**
     * The canonical constructor of a record, else the one without arguments; null if there is none.
     */
    private final Constructor<?> constructor;

    private FieldsOfClass(Class<?> type) {
        this.type = type;
        this.fields = fieldsOf(type);
        this.constructor = constructorOf(type);
    }

    static FieldsOfClass of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    /**
     * Records: the components in order. Others: the fields by name, as in the type's description.
     */
    private static List<Field> fieldsOf(Class<?> type) {
        List<Field> found = new ArrayList<>();
        for (Class<?> c = type;
                c != null && c != Object.class && !isLeaf(type);
                c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers)) {
                    field.setAccessible(true);
                    found.add(field);
                }
            }
        }
        if (!type.isRecord()) {
            found.sort(java.util.Comparator.comparing(Field::getName));
        }
        return found;
    }

    /** A class of the platform is a value without fields. */
    private static boolean isLeaf(Class<?> type) {
        return type.isArray() || type.getClassLoader() == null;
    }

    private static Constructor<?> constructorOf(Class<?> type) {
        try {
            Class<?>[] parameters =
                    type.isRecord()
                            ? Arrays.stream(type.getRecordComponents())
                                    .map(RecordComponent::getType)
                                    .toArray(Class<?>[]::new)
                            : new Class<?>[0];
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            if (!isLeaf(type)) {
                constructor.setAccessible(true);
            }
            return constructor;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    Object get(Object record, String step) {
        if (fields.isEmpty() && (step.equals("0") || step.equals("*"))) {
            return record;
        }
        try {
            return field(step).get(record);
        } catch (IllegalAccessException e) {
            throw new AssertionError("fields were made accessible", e);
        }
    }

    Object with(Object record, String step, Object value) {
        if (fields.isEmpty() && (step.equals("0") || step.equals("*"))) {
            return value;
        }
        Field changed = field(step);
        if (constructor == null) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    type.getName()
                            + " needs a constructor without arguments, so that its field '"
                            + step
                            + "' can be aggregated.");
        }
        try {
            if (type.isRecord()) {
                Object[] values = new Object[fields.size()];
                for (int i = 0; i < values.length; i++) {
                    Field field = fields.get(i);
                    values[i] = field == changed ? value : field.get(record);
                }
                return constructor.newInstance(values);
            }
            Object copy = constructor.newInstance();
            for (Field field : fields) {
                field.set(copy, field == changed ? value : field.get(record));
            }
            return copy;
        } catch (ReflectiveOperationException e) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "could not copy a " + type.getName() + " to change its field '" + step + "'.",
                    e);
        }
    }

    private Field field(String step) {
        if (FieldAccess.isPosition(step)) {
            int position = Integer.parseInt(step);
            if (position < fields.size()) {
                return fields.get(position);
            }
        }
        for (Field field : fields) {
            if (field.getName().equals(step)) {
                return field;
            }
        }
        throw new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                "there is no field '"
                        + step
                        + "' in "
                        + type.getName()
                        + ". Its fields are "
                        + fields.stream().map(Field::getName).toList()
                        + ".");
    }
}
