package io.millrace.api.type;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;

/** What a class and its supertypes say about type variables. Immutable. */
final class Bindings {
    private static final Bindings NONE = new Bindings(Map.of());

    private final Map<TypeVariable<?>, Type> types;

    private Bindings(Map<TypeVariable<?>, Type> types) {
        this.types = types;
    }

    static Bindings none() {
        return NONE;
    }

    /** The bindings that a type and everything above it make. */
    static Bindings of(Type type) {
        Map<TypeVariable<?>, Type> types = new HashMap<>();
        collect(type, types);
        return new Bindings(types);
    }

    private static void collect(Type type, Map<TypeVariable<?>, Type> types) {
        if (type == null) {
            return;
        }
        Class<?> raw = erase(type);
        if (type instanceof ParameterizedType parameterized) {
            TypeVariable<?>[] variables = raw.getTypeParameters();
            Type[] arguments = parameterized.getActualTypeArguments();
            for (int i = 0; i < variables.length; i++) {
                types.putIfAbsent(variables[i], arguments[i]);
            }
        }
        collect(raw.getGenericSuperclass(), types);
        for (Type implemented : raw.getGenericInterfaces()) {
            collect(implemented, types);
        }
    }

    /**
     * These; where both bind a variable, {@code inner} wins after its own variables are resolved
     * here.
     */
    Bindings and(Bindings inner) {
        if (inner.types.isEmpty()) {
            return this;
        }
        Map<TypeVariable<?>, Type> all = new HashMap<>(types);
        inner.types.forEach(
                (variable, type) -> {
                    // Node<T> inside Node<String> binds T to T: keep the outer meaning.
                    if (!type.equals(variable)) {
                        all.put(variable, resolve(type));
                    }
                });
        return new Bindings(all);
    }

    /** Follows variables to a type that is none, or to the last one that nobody binds. */
    Type resolve(Type type) {
        Type current = type;
        for (int steps = 0; current instanceof TypeVariable<?> && steps <= types.size(); steps++) {
            Type next = types.get(current);
            if (next == null) {
                return current;
            }
            current = next;
        }
        return current;
    }

    /** The class of values of a type, as the JVM sees it. */
    static Class<?> erase(Type type) {
        if (type instanceof Class<?> known) {
            return known;
        }
        if (type instanceof ParameterizedType parameterized) {
            return erase(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return erase(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return erase(wildcard.getUpperBounds()[0]);
        }
        return erase(((TypeVariable<?>) type).getBounds()[0]);
    }
}
