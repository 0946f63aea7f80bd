package io.millrace.runtime.serde;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds the part of a function that Java serialization refused, by walking the fields that it would
 * write. On the way it lets go of enclosing objects that no code uses: anonymous functions keep
 * them without need. Confined to one search.
 */
final class UnserializableSearch {
    private static final int MAX_DEPTH = 100;

    private boolean changed;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Whether an enclosing object was let go, so that it is worth to try again. */
    boolean changed() {
        return changed;
    }

    /** What is not serializable, where it is and what to do; null if nothing was found. */
    String explain(Object function) {
        return search(function, null, 0);
    }

    /**
     * @param place how {@code value} is reached; null for the function itself
     */
    private String search(Object value, String place, int depth) {
        if (value == null
                || value instanceof String
                || value instanceof Enum<?>
                || value instanceof Class<?>
                || depth > MAX_DEPTH
                || !seen.add(value)) {
            return null;
        }
        if (!(value instanceof Serializable)) {
            return describe(value, place);
        }
        if (value.getClass().isSynthetic() || value.getClass().isHidden()) {
            return searchLambda(value, place, depth);
        }
        if (value instanceof Object[] array) {
            for (int i = 0; i < Array.getLength(array); i++) {
                String found = search(array[i], at(place, "element " + i), depth + 1);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        if (value.getClass().getClassLoader() == null) {
            return searchJava(value, place, depth);
        }
        return searchFields(value, depth);
    }

    private String searchFields(Object value, int depth) {
        for (Class<?> owner = value.getClass();
                owner != null && Serializable.class.isAssignableFrom(owner);
                owner = owner.getSuperclass()) {
            for (Field field : owner.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        || Modifier.isTransient(field.getModifiers())
                        || field.getType().isPrimitive()) {
                    continue;
                }
                if (EnclosingInstance.isKeptIn(field) && letGo(field, value)) {
                    continue;
                }
                String here = "field '" + field.getName() + "' of " + value.getClass().getName();
                String found = search(valueOf(field, value), here, depth + 1);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private boolean letGo(Field field, Object owner) {
        if (valueOf(field, owner) == null || !EnclosingInstance.isUnused(field)) {
            return false;
        }
        try {
            field.set(owner, null);
            changed = true;
            return true;
        } catch (IllegalAccessException e) {
            return false;
        }
    }

    /** Collections and maps of Java write their elements themselves. */
    private String searchJava(Object value, String place, int depth) {
        if (value instanceof Collection<?> collection) {
            int i = 0;
            for (Object element : collection) {
                String found = search(element, at(place, "element " + i++), depth + 1);
                if (found != null) {
                    return found;
                }
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String found = search(entry.getKey(), at(place, "a key"), depth + 1);
                if (found == null) {
                    found =
                            search(
                                    entry.getValue(),
                                    at(place, "the value of '" + entry.getKey() + "'"),
                                    depth + 1);
                }
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private String searchLambda(Object lambda, String place, int depth) {
        SerializedLambda form = formOf(lambda);
        if (form == null) {
            return null;
        }
        String owner = form.getCapturingClass().replace('/', '.');
        for (int i = 0; i < form.getCapturedArgCount(); i++) {
            Object captured = form.getCapturedArg(i);
            String here =
                    captured != null && captured.getClass().getName().equals(owner)
                            ? "the enclosing object, which a lambda uses,"
                            : "captured variable #" + (i + 1) + " of a lambda in " + owner;
            String found = search(captured, at(place, here), depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static SerializedLambda formOf(Object lambda) {
        try {
            Method writeReplace = lambda.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return writeReplace.invoke(lambda) instanceof SerializedLambda form ? form : null;
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return null; // generated by somebody else: nothing more to say about it
        }
    }

    private static Object valueOf(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            return null; // a field of Java's own, which serializes itself
        }
    }

    private static String at(String place, String part) {
        return place == null || part.startsWith("captured") ? part : part + " in " + place;
    }

    private static String describe(Object value, String place) {
        String type = value.getClass().getName();
        if (value.getClass().isSynthetic() || value.getClass().isHidden()) {
            Class<?>[] interfaces = value.getClass().getInterfaces();
            type = "a lambda for " + (interfaces.length == 0 ? type : interfaces[0].getName());
        }
        if (place == null) {
            return type + " is not Serializable; let the function implement java.io.Serializable";
        }
        if (place.startsWith("field 'this$")) {
            return place
                    + " ("
                    + type
                    + " is not Serializable): the function is an inner class and drags its"
                    + " enclosing object along; make it a static nested class";
        }
        return place
                + " ("
                + type
                + " is not Serializable); "
                + (place.contains("captured") || place.contains("enclosing")
                        ? "use only serializable variables in the lambda, or a rich function that"
                                + " creates it in open()"
                        : "make it transient and create it in open()");
    }
}
