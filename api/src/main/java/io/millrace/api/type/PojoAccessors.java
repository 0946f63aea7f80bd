package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the fields of plain classes and how to reach them. Pure. */
final class PojoAccessors {
    private PojoAccessors() {}

    static <T> PojoTypeInfo<T> describe(Class<T> type, Map<String, TypeInformation<?>> given) {
        String why = whyNoPojo(type);
        if (why != null) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID, type.getName() + " is no POJO: " + why + ".");
        }
        ReflectedTypes.Scope scope = new ReflectedTypes.Scope().enter(type);
        return new PojoTypeInfo<>(type, fieldsOf(type, scope, given).stream());
    }

    /** Null if the class is a POJO, else the first reason why not. */
    static String whyNoPojo(Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return "it is abstract";
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            return "it is not public";
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return "it is an inner class; make it static";
        }
        try {
            if (!Modifier.isPublic(type.getDeclaredConstructor().getModifiers())) {
                return "its constructor without arguments is not public";
            }
        } catch (NoSuchMethodException e) {
            return "it has no constructor without arguments";
        }
        List<Field> fields = fieldsOf(type);
        if (fields.isEmpty()) {
            return "it has no fields";
        }
        for (Field field : fields) {
            if (!Modifier.isPublic(field.getModifiers())) {
                Class<?> owner = field.getDeclaringClass();
                if (getter(owner, field.getName(), field.getType()) == null) {
                    return "its field " + field.getName() + " is not public and has no getter";
                }
                if (setter(owner, field.getName(), field.getType()) == null) {
                    return "its field " + field.getName() + " is not public and has no setter";
                }
            } else if (Modifier.isFinal(field.getModifiers())) {
                return "its field " + field.getName() + " is final";
            }
        }
        return null;
    }

    /** Fields of the class and its superclasses that are neither static nor transient. */
    private static List<Field> fieldsOf(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> owner = type;
                owner != null && owner != Object.class;
                owner = owner.getSuperclass()) {
            for (Field field : owner.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers)
                        && !Modifier.isTransient(modifiers)
                        && !field.isSynthetic()) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    static List<TypeField> fieldsOf(
            Class<?> type, ReflectedTypes.Scope scope, Map<String, TypeInformation<?>> given) {
        List<TypeField> found = new ArrayList<>();
        for (Field field : fieldsOf(type)) {
            TypeInformation<?> fieldType = given.get(field.getName());
            if (fieldType == null) {
                fieldType = ReflectedTypes.ofField(field, scope);
            }
            found.add(typeField(field, fieldType));
        }
        found.sort(Comparator.comparing(TypeField::name));
        return found;
    }

    /** Fields that a program describes itself, sorted by name. */
    static List<TypeField> typeFields(List<PojoField> fields) {
        return fields.stream()
                .map(field -> typeField(field.field(), field.type()))
                .sorted(Comparator.comparing(TypeField::name))
                .toList();
    }

    private static TypeField typeField(Field field, TypeInformation<?> type) {
        return new TypeField(
                field.getName(),
                type,
                field.getType(),
                Modifier.isPublic(field.getModifiers())
                        ? TypeField.Access.PUBLIC_FIELD
                        : TypeField.Access.GETTER_AND_SETTER,
                field.getDeclaringClass());
    }

    static String getterName(Class<?> owner, String field, Class<?> fieldType) {
        return getter(owner, field, fieldType).getName();
    }

    static String setterName(Class<?> owner, String field, Class<?> fieldType) {
        return setter(owner, field, fieldType).getName();
    }

    private static Method getter(Class<?> owner, String field, Class<?> fieldType) {
        String capital = capital(field);
        List<String> names =
                fieldType == boolean.class || fieldType == Boolean.class
                        ? List.of("is" + capital, "get" + capital, field)
                        : List.of("get" + capital, field);
        for (String name : names) {
            Method method = method(owner, name);
            if (method != null && method.getReturnType() == fieldType) {
                return method;
            }
        }
        return null;
    }

    private static Method setter(Class<?> owner, String field, Class<?> fieldType) {
        Method method = method(owner, "set" + capital(field), fieldType);
        return method != null && method.getReturnType() == void.class ? method : null;
    }

    private static Method method(Class<?> owner, String name, Class<?>... parameters) {
        try {
            Method method = owner.getMethod(name, parameters);
            return Modifier.isStatic(method.getModifiers()) ? null : method;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
