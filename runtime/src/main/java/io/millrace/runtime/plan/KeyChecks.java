package io.millrace.runtime.plan;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Set;

/**
 * What a key must be, beyond what its hash alone shows. Pure; asked once for each class of keys.
 */
public final class KeyChecks {
    private KeyChecks() {}

    /**
     * Checks that equal keys have equal hashes in every process, as far as the class shows it.
     *
     * @param key not null; of a tuple or record, all fields are checked
     * @throws MillraceException {@code USER_CODE_FAILED} naming the class if its {@code hashCode}
     *     is that of {@code Object}
     */
    public static void requireHashOfContents(Object key) {
        if (!(key instanceof Enum<?>)) {
            check(key, key.getClass());
        }
    }

    private static void check(Object part, Class<?> keyType) {
        if (part instanceof Tuple tuple) {
            for (int i = 0; i < tuple.getArity(); i++) {
                Object field = tuple.getField(i);
                if (field != null) {
                    check(field, keyType);
                }
            }
            return;
        }
        checkType(part.getClass(), keyType, new HashSet<>());
    }

    private static void checkType(Class<?> type, Class<?> keyType, Set<Class<?>> seen) {
        if (type.isPrimitive() || type.isInterface() || !seen.add(type)) {
            return;
        }
        if (Enum.class.isAssignableFrom(type)) {
            return; // hashed by name, wherever it is
        }
        if (type == Object.class) {
            return;
        }
        if (inheritsHash(type)) {
            throw wrong(
                    type,
                    keyType,
                    "is not that of its contents: equal keys would go to different tasks. Give the"
                            + " class equals and hashCode, make it a record, or select another"
                            + " key.");
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                checkType(component.getType(), keyType, seen);
            }
        }
    }

    private static MillraceException wrong(Class<?> type, Class<?> keyType, String why) {
        String holder = type == keyType ? "" : " inside the key (" + keyType.getTypeName() + ")";
        return new MillraceException(
                ErrorCode.USER_CODE_FAILED,
                "the hashCode of " + type.getTypeName() + holder + " " + why);
    }

    private static boolean inheritsHash(Class<?> type) {
        try {
            return type.getMethod("hashCode").getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every object has a hashCode", e);
        }
    }
}
