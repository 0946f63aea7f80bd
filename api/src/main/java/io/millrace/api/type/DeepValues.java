package io.millrace.api.type;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Equality and hash of values by content, also of arrays inside lists and maps. Pure. */
final class DeepValues {
    private DeepValues() {}

    static boolean equal(Object left, Object right) {
        if (left == right) {
            return true;
        }
        if (left instanceof Object[] a && right instanceof Object[] b) {
            return a.length == b.length
                    && equal(java.util.Arrays.asList(a), java.util.Arrays.asList(b));
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return equal(a, b);
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return equal(a, b);
        }
        return Objects.deepEquals(left, right);
    }

    private static boolean equal(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        Iterator<?> others = right.iterator();
        for (Object one : left) {
            if (!equal(one, others.next())) {
                return false;
            }
        }
        return true;
    }

    /** Keys are looked up; where they are arrays, which have no hash, each is compared to each. */
    private static boolean equal(Map<?, ?> left, Map<?, ?> right) {
        return left.size() == right.size()
                && left.entrySet().stream()
                        .allMatch(
                                entry ->
                                        right.containsKey(entry.getKey())
                                                        && equal(
                                                                entry.getValue(),
                                                                right.get(entry.getKey()))
                                                || right.entrySet().stream()
                                                        .anyMatch(other -> equal(entry, other)));
    }

    private static boolean equal(Map.Entry<?, ?> left, Map.Entry<?, ?> right) {
        return equal(left.getKey(), right.getKey()) && equal(left.getValue(), right.getValue());
    }

    static int hash(Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Object[] array) {
            return hash(java.util.Arrays.asList(array));
        }
        if (value instanceof List<?> list) {
            int hash = 1;
            for (Object one : list) {
                hash = 31 * hash + hash(one);
            }
            return hash;
        }
        if (value instanceof Map<?, ?> map) {
            int hash = 1;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                hash += hash(entry.getKey()) ^ hash(entry.getValue());
            }
            return hash;
        }
        return java.util.Arrays.deepHashCode(new Object[] {value});
    }
}
