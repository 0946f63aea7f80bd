package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Copies a value that contains itself: each object once, with what referred to it referring to the
 * copy. By reflection, so it is slow, and only used where a value has turned out to be one.
 * Confined to one copying.
 */
/* Arrays, the collections of the JDK and objects of other classes are made first and filled then, so
 * that a way back to them ends at what was made. What cannot be made empty (records, classes of the JDK)
 * is no part of a way back that this can follow.
 */
final class CyclicCopies {
    private static final Set<Class<?>> SHARED =
            Set.of(
                    Object.class,
                    String.class,
                    Boolean.class,
                    Character.class,
                    Class.class,
                    UUID.class);

    private final SerializerCompiler compiler;
    private final Map<Object, Object> copies = new IdentityHashMap<>();

    private CyclicCopies(SerializerCompiler compiler) {
        this.compiler = compiler;
    }

    /**
     * @param compiler for values of JDK classes that are no collections
     * @throws MillraceException {@code RECORD_TYPE_UNKNOWN} if a part of the value cannot be copied
     */
    static Object copy(Object value, SerializerCompiler compiler) {
        try {
            return new CyclicCopies(compiler).copy(value);
        } catch (StackOverflowError e) {
            throw refused(value.getClass(), "is nested too deeply to be copied", null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (e instanceof MillraceException known) {
                throw known;
            }
            throw refused(value.getClass(), "contains itself and cannot be copied: " + e, e);
        }
    }

    private static MillraceException refused(Class<?> type, String what, Throwable cause) {
        return new MillraceException(
                ErrorCode.RECORD_TYPE_UNKNOWN,
                "a value of "
                        + type.getName()
                        + " "
                        + what
                        + ". Leave out the reference that leads back, or use enableObjectReuse().",
                cause);
    }

    private Object copy(Object value) throws ReflectiveOperationException {
        if (value == null || isShared(value)) {
            return value;
        }
        Object known = copies.get(value);
        if (known != null) {
            return known;
        }
        Class<?> type = value.getClass();
        if (type.isArray()) {
            return array(value, type);
        }
        if (type.isRecord()) {
            return compiler.copierOf(value).copy(value);
        }
        if (type.getClassLoader() == null || type.getName().startsWith("java.")) {
            return ofJdk(value, type);
        }
        return object(value, type);
    }

    private static boolean isShared(Object value) {
        return SHARED.contains(value.getClass())
                || value instanceof Enum<?>
                || value.getClass().isHidden()
                || value.getClass().getPackageName().equals("java.time")
                || value instanceof Number
                        && (value.getClass().getPackageName().equals("java.lang")
                                || value.getClass().getPackageName().equals("java.math"));
    }

    private Object array(Object value, Class<?> type) throws ReflectiveOperationException {
        int length = Array.getLength(value);
        Object copy = Array.newInstance(type.getComponentType(), length);
        copies.put(value, copy);
        if (type.getComponentType().isPrimitive()) {
            System.arraycopy(value, 0, copy, 0, length);
        } else {
            for (int i = 0; i < length; i++) {
                Array.set(copy, i, copy(Array.get(value, i)));
            }
        }
        return copy;
    }

    @SuppressWarnings("unchecked") // whatever is in it
    private Object ofJdk(Object value, Class<?> type) throws ReflectiveOperationException {
        boolean fillable = value instanceof Collection<?> || value instanceof Map<?, ?>;
        Constructor<?> empty = fillable ? publicConstructor(type) : null;
        if (empty == null) {
            return compiler.copierOf(value).copy(value);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy =
                    type == TreeMap.class
                            ? new TreeMap<>(((SortedMap<Object, Object>) map).comparator())
                            : (Map<Object, Object>) empty.newInstance();
            copies.put(value, copy);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy.put(copy(entry.getKey()), copy(entry.getValue()));
            }
            return copy;
        }
        Collection<Object> copy =
                type == TreeSet.class
                        ? new TreeSet<>(((SortedSet<Object>) value).comparator())
                        : (Collection<Object>) empty.newInstance();
        copies.put(value, copy);
        for (Object element : (Collection<?>) value) {
            copy.add(copy(element));
        }
        return copy;
    }

    private static Constructor<?> publicConstructor(Class<?> type) {
        try {
            return Modifier.isPublic(type.getModifiers()) ? type.getConstructor() : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private Object object(Object value, Class<?> type) throws ReflectiveOperationException {
        Object copy = StructAccess.bareConstructor(type).newInstance();
        copies.put(value, copy);
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers())) {
                    field.setAccessible(true);
                    field.set(copy, copy(field.get(value)));
                }
            }
        }
        return copy;
    }
}
