package io.millrace.runtime.serde;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts type arguments in the place of type variables. What nobody gave is {@code Object}. Pure. */
final class TypeArguments {
    private TypeArguments() {}

    /** Replaces variables and wildcards by what is known of them, deep inside. */
    static Type resolve(Type type, Map<TypeVariable<?>, Type> arguments) {
        if (type instanceof TypeVariable<?> variable) {
            return arguments.getOrDefault(variable, Object.class);
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0], arguments);
        }
        if (type instanceof ParameterizedType parameterized) {
            List<Type> actual = new ArrayList<>();
            for (Type argument : parameterized.getActualTypeArguments()) {
                actual.add(resolve(argument, arguments));
            }
            return new Resolved((Class<?>) parameterized.getRawType(), actual);
        }
        if (type instanceof GenericArrayType array) {
            Type component = resolve(array.getGenericComponentType(), arguments);
            return component instanceof Class<?> c ? c.arrayType() : new ResolvedArray(component);
        }
        return type;
    }

    static Class<?> rawClass(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return rawClass(array.getGenericComponentType()).arrayType();
        }
        return Object.class;
    }

    /** Adds what the superclasses' type variables stand for. */
    static Map<TypeVariable<?>, Type> withSuperclasses(
            Class<?> type, Map<TypeVariable<?>, Type> arguments) {
        Map<TypeVariable<?>, Type> all = new HashMap<>(arguments);
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (c.getGenericSuperclass() instanceof ParameterizedType parent) {
                TypeVariable<?>[] variables = c.getSuperclass().getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    all.put(variables[i], resolve(parent.getActualTypeArguments()[i], all));
                }
            }
        }
        return all;
    }

    /** A generic class with its arguments. */
    private record Resolved(Class<?> raw, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(new Type[0]);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public Type getOwnerType() {
            return null;
        }
    }

    /** An array of a generic class with its arguments. */
    private record ResolvedArray(Type component) implements GenericArrayType {
        @Override
        public Type getGenericComponentType() {
            return component;
        }
    }
}
