package io.millrace.runtime.plan;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.Either;
import io.millrace.api.type.Row;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hash of a key that is the same in every process: an enum's own hash is not, nor is that of
 * anything which contains one. What it is for a class:
 *
 * <pre>
 * enum                             hash of its name
 * tuple, record, list, row         for each part: 31 * hash + hash of the part; from 1 for a list or row
 * set, map, optional, either       as Java defines them, with the hashes of the parts
 * record with a hashCode of its own, and any other class     hashCode
 * array, class without equality                              refused
 * </pre>
 *
 * State files depend on it: it never changes. Thread-safe.
 */
final class KeyHash {
    /** What is done for a class; as {@code ClassValue}, it goes when the class goes. */
    private static final ClassValue<KeyHash> BY_CLASS =
            new ClassValue<>() {
                @Override
                protected KeyHash computeValue(Class<?> type) {
                    return of(type);
                }
            };

    private enum Form {
        OWN,
        ENUM,
        TUPLE,
        RECORD,
        LIST,
        SET,
        MAP,
        OPTIONAL,
        EITHER,
        ROW,
        REFUSED
    }

    private final Form form;
    private final MethodHandle[] components;
    private final String refusal;

    private KeyHash(Form form, MethodHandle[] components, String refusal) {
        this.form = form;
        this.components = components;
        this.refusal = refusal;
    }

    private static KeyHash of(Class<?> type) {
        if (Enum.class.isAssignableFrom(type)) {
            return new KeyHash(Form.ENUM, null, null);
        }
        if (type.isArray()) {
            return refused(
                    "is an array ("
                            + type.getTypeName()
                            + "), whose hash is not that of its content");
        }
        if (type == Row.class) {
            return new KeyHash(Form.ROW, null, null);
        }
        if (Tuple.class.isAssignableFrom(type)) {
            return new KeyHash(Form.TUPLE, null, null);
        }
        if (Either.class.isAssignableFrom(type)) {
            return new KeyHash(Form.EITHER, null, null);
        }
        if (type == Optional.class) {
            return new KeyHash(Form.OPTIONAL, null, null);
        }
        if (type.getClassLoader() == null && Collection.class.isAssignableFrom(type)) {
            if (List.class.isAssignableFrom(type)) {
                return new KeyHash(Form.LIST, null, null);
            }
            if (Set.class.isAssignableFrom(type)) {
                return new KeyHash(Form.SET, null, null);
            }
        }
        if (type.getClassLoader() == null && Map.class.isAssignableFrom(type)) {
            return new KeyHash(Form.MAP, null, null);
        }
        return ofClass(type);
    }

    private static KeyHash ofClass(Class<?> type) {
        Class<?> hasher;
        try {
            hasher = type.getMethod("hashCode").getDeclaringClass();
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every class has hashCode()", e);
        }
        if (hasher == Object.class) {
            return refused(
                    "is a "
                            + type.getName()
                            + ", which has neither equals nor hashCode of its own");
        }
        return type.isRecord() && isGenerated(type) && !isSettled(type)
                ? new KeyHash(Form.RECORD, components(type), null)
                : new KeyHash(Form.OWN, null, null);
    }

    /**
     * Whether the class has one hash everywhere as far as its type shows: then a record's own is
     * that of the table above, and much faster.
     */
    private static boolean isSettled(Class<?> type) {
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (!isSettled(component.getType())) {
                    return false;
                }
            }
            return true;
        }
        return type.isPrimitive()
                || type == String.class
                || type == java.util.UUID.class
                || type.getName().startsWith("java.time.") && !type.isEnum() && !type.isInterface()
                || MethodType.methodType(type).unwrap().returnType().isPrimitive();
    }

    /**
     * The compiler makes a record's hashCode final, as a class file shows; one that a program
     * writes is only final if it says so, which changes no hash unless an enum is inside.
     */
    private static boolean isGenerated(Class<?> type) {
        try {
            return java.lang.reflect.Modifier.isFinal(
                    type.getDeclaredMethod("hashCode").getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static MethodHandle[] components(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        MethodHandle[] getters = new MethodHandle[components.length];
        try {
            MethodHandles.Lookup lookup =
                    MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            for (int i = 0; i < getters.length; i++) {
                getters[i] =
                        lookup.findGetter(type, components[i].getName(), components[i].getType())
                                .asType(MethodType.methodType(Object.class, Object.class));
            }
        } catch (ReflectiveOperationException e) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "the components of " + type.getName() + ", a key, cannot be read",
                    e);
        }
        return getters;
    }

    private static KeyHash refused(String why) {
        return new KeyHash(Form.REFUSED, null, why);
    }

    /**
     * @param key not null
     * @throws MillraceException {@code USER_CODE_FAILED} if it, or a part of it, has no stable hash
     */
    static int of(Object key) {
        return BY_CLASS.get(key.getClass()).hash(key);
    }

    private static int part(Object part) {
        if (part == null) {
            return 0;
        }
        return part instanceof String || part instanceof Number ? part.hashCode() : of(part);
    }

    private int hash(Object key) {
        return switch (form) {
            case OWN -> key.hashCode();
            case ENUM -> ((Enum<?>) key).name().hashCode();
            case TUPLE -> tuple((Tuple) key);
            case RECORD -> record(key);
            case LIST -> list((List<?>) key);
            case SET -> set((Set<?>) key);
            case MAP -> map((Map<?, ?>) key);
            case OPTIONAL -> part(((Optional<?>) key).orElse(null));
            case ROW -> row((Row) key);
            case EITHER -> {
                Either<?, ?> either = (Either<?, ?>) key;
                yield part(either.isLeft() ? either.left() : either.right());
            }
            case REFUSED ->
                    throw new MillraceException(
                            ErrorCode.USER_CODE_FAILED,
                            "the key, or a part of it, "
                                    + refusal
                                    + ". Use a record, a tuple or a List.");
        };
    }

    private static int tuple(Tuple tuple) {
        int arity = tuple.getArity();
        if (arity == 0) {
            return 0;
        }
        int hash = part(tuple.getField(0));
        for (int i = 1; i < arity; i++) {
            hash = 31 * hash + part(tuple.getField(i));
        }
        return hash;
    }

    private int record(Object key) {
        int hash = 0;
        try {
            for (MethodHandle component : components) {
                hash = 31 * hash + part((Object) component.invokeExact(key));
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("reading a field throws nothing checked", e);
        }
        return hash;
    }

    private static int row(Row row) {
        Set<String> names = row.getFieldNames(false);
        int hash = names == null ? 1 : 0;
        for (int i = 0; names == null && i < row.getArity(); i++) {
            hash = 31 * hash + part(row.getField(i));
        }
        if (names != null) {
            for (String name : names) {
                hash += name.hashCode() ^ part(row.getField(name));
            }
        }
        return hash;
    }

    private static int list(List<?> list) {
        int hash = 1;
        for (Object one : list) {
            hash = 31 * hash + part(one);
        }
        return hash;
    }

    private static int set(Set<?> set) {
        int hash = 0;
        for (Object one : set) {
            hash += part(one);
        }
        return hash;
    }

    private static int map(Map<?, ?> map) {
        int hash = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            hash += part(entry.getKey()) ^ part(entry.getValue());
        }
        return hash;
    }
}
