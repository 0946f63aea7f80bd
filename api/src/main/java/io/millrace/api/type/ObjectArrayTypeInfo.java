package io.millrace.api.type;

import java.util.List;
import java.util.Objects;

/** The description of an array of objects. Immutable. */
public class ObjectArrayTypeInfo<T, C> extends SimpleType<T> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<C> component;

    private ObjectArrayTypeInfo(Class<T> arrayClass, TypeInformation<C> component) {
        super(arrayClass);
        this.component = component;
    }

    /**
     * @param arrayClass an array's; its elements may be of a superclass of the component's class
     */
    public static <T, C> ObjectArrayTypeInfo<T, C> getInfoFor(
            Class<T> arrayClass, TypeInformation<C> component) {
        if (!arrayClass.isArray()) {
            throw new IllegalArgumentException(arrayClass.getName() + " is no array.");
        }
        return new ObjectArrayTypeInfo<>(arrayClass, Objects.requireNonNull(component));
    }

    @SuppressWarnings("unchecked")
    public static <T, C> ObjectArrayTypeInfo<T, C> getInfoFor(TypeInformation<C> component) {
        return new ObjectArrayTypeInfo<>(
                (Class<T>) component.getTypeClass().arrayType(), component);
    }

    public TypeInformation<C> getComponentInfo() {
        return component;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.OBJECT_ARRAY;
    }

    @Override
    List<TypeInformation<?>> elements() {
        return List.of(component);
    }

    @Override
    public String toString() {
        return "ObjectArrayTypeInfo<" + component + ">";
    }
}
