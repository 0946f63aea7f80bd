package io.millrace.api.type;

import java.lang.reflect.Array;
import java.util.List;

/** The description of an array of objects. Immutable. */
public class ObjectArrayTypeInfo<T, C> extends SimpleType<T> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<C> component;

    private ObjectArrayTypeInfo(Class<T> arrayClass, TypeInformation<C> component) {
        super(arrayClass);
        this.component = component;
    }

    @SuppressWarnings("unchecked")
    public static <T, C> ObjectArrayTypeInfo<T, C> getInfoFor(TypeInformation<C> component) {
        Class<T> arrayClass = (Class<T>) Array.newInstance(component.getTypeClass(), 0).getClass();
        return new ObjectArrayTypeInfo<>(arrayClass, component);
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
        return component + "[]";
    }
}
