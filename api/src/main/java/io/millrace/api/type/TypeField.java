package io.millrace.api.type;

import java.io.Serializable;
import java.util.Objects;

/**
 * A field of a composite type and how to reach it. Immutable.
 *
 * @param type never null; a {@link GenericTypeInfo} of the erased class where no more is known
 * @param rawType the declared class, which may be primitive while {@code type} is boxed
 * @param access how to read and write it
 * @param declaredIn the class that declares the field, or a superclass of the described one
 */
public record TypeField(
        String name, TypeInformation<?> type, Class<?> rawType, Access access, Class<?> declaredIn)
        implements Serializable {
    /** The ways to reach a field. */
    public enum Access {
        /** A public field, read and written as such. */
        PUBLIC_FIELD,
        /** A private field with {@code getX} or {@code isX}, and {@code setX}. */
        GETTER_AND_SETTER,
        /** A record component: accessor to read, canonical constructor to write. */
        COMPONENT
    }

    public TypeField {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(rawType);
        Objects.requireNonNull(access);
        Objects.requireNonNull(declaredIn);
    }

    /**
     * The method that reads a {@code GETTER_AND_SETTER} field or a component; null for public
     * fields.
     */
    public String readMethod() {
        return switch (access) {
            case PUBLIC_FIELD -> null;
            case COMPONENT -> name;
            case GETTER_AND_SETTER -> PojoAccessors.getterName(declaredIn, name, rawType);
        };
    }

    /** The method that writes a {@code GETTER_AND_SETTER} field; null for the others. */
    public String writeMethod() {
        return access == Access.GETTER_AND_SETTER
                ? PojoAccessors.setterName(declaredIn, name, rawType)
                : null;
    }

    @Override
    public String toString() {
        return name + ": " + type;
    }
}
