package io.millrace.api.type;

import java.lang.reflect.Field;
import java.util.Objects;

/**
 * A field of a POJO and its type. Immutable.
 *
 * @param field of the class or a superclass
 */
public record PojoField(Field field, TypeInformation<?> type) {
    public PojoField {
        Objects.requireNonNull(field);
        Objects.requireNonNull(type);
    }

    public Field getField() {
        return field;
    }

    public TypeInformation<?> getTypeInformation() {
        return type;
    }

    @Override
    public String toString() {
        return "PojoField " + field.getDeclaringClass() + "." + field.getName() + " (" + type + ")";
    }
}
