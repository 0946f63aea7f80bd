package io.millrace.api.type;

/** Whether a class's hash code is the same in every process. Pure. */
final class StableHash {
    private StableHash() {}

    static boolean isDefinedBy(Class<?> type) {
        if (type.isEnum() || type.isRecord()) {
            return true;
        }
        if (type.isArray() || type.isInterface()) {
            return false;
        }
        try {
            return type.getMethod("hashCode").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every class has hashCode()", e);
        }
    }
}
