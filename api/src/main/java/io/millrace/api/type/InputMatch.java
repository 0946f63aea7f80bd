package io.millrace.api.type;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the inputs of a function say about its type variables: where {@code T} comes in as a string,
 * {@code List<T>} goes out as a list of strings. Confined to one search.
 */
final class InputMatch {
    private final Bindings bindings;
    private final Map<TypeVariable<?>, TypeInformation<?>> found = new HashMap<>();

    InputMatch(Bindings bindings) {
        this.bindings = bindings;
    }

    Map<TypeVariable<?>, TypeInformation<?>> found() {
        return found;
    }

    /**
     * @param declared as the function names it
     * @param actual as it comes in; null if unknown
     */
    void match(Type declared, TypeInformation<?> actual) {
        Type type = bindings.resolve(declared);
        if (actual == null) {
            return;
        }
        if (type instanceof TypeVariable<?> variable) {
            found.putIfAbsent(variable, actual);
        } else if (type instanceof GenericArrayType array) {
            match(array.getGenericComponentType(), component(actual));
        } else if (type instanceof ParameterizedType parameterized) {
            matchArguments(parameterized, actual);
        }
    }

    private static TypeInformation<?> component(TypeInformation<?> actual) {
        if (actual instanceof ObjectArrayTypeInfo<?, ?> array) {
            return array.getComponentInfo();
        }
        return actual instanceof BasicArrayTypeInfo<?, ?> array ? array.getComponentInfo() : null;
    }

    private void matchArguments(ParameterizedType type, TypeInformation<?> actual) {
        Type[] arguments = type.getActualTypeArguments();
        Class<?> raw = (Class<?>) type.getRawType();
        Map<String, TypeInformation<?>> named = actual.getGenericParameters();
        List<TypeInformation<?>> inOrder =
                actual instanceof SimpleType<?> simple ? simple.elements() : List.of();
        for (int i = 0; i < arguments.length; i++) {
            TypeInformation<?> part = named.get(raw.getTypeParameters()[i].getName());
            if (part == null && inOrder.size() == arguments.length) {
                part = inOrder.get(i);
            }
            match(arguments[i], part);
        }
    }
}
