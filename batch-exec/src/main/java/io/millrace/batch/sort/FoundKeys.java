package io.millrace.batch.sort;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/**
 * Keys whose class shows with the first one. The others must be of that class too, unless it has an
 * order of its own, {@code compareTo}, that takes others. Has state: confined to its sorter.
 */
final class FoundKeys extends KeyNormalizer<Object> {
    private Class<?> type;
    private KeyNormalizer<Object> order;

    private KeyNormalizer<Object> orderOf(Object key) {
        if (key == null || key.getClass() != type) {
            meet(key);
        }
        return order;
    }

    private void meet(Object key) {
        if (type == null && key != null) {
            type = key.getClass();
            order = KeyNormalizers.ofFound(type);
        }
        if (order == null) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "A sort needs values that have an order, not "
                            + (key == null ? "null" : "a " + key.getClass().getTypeName())
                            + ". Select a number, a text, or another class that is Comparable.");
        }
        boolean another = key == null || key.getClass() != type;
        if (another && (key == null || !(order instanceof NaturalKeys))) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "A sort met "
                            + (key == null ? "null" : "a " + key.getClass().getTypeName())
                            + " where the values before were of "
                            + type.getTypeName()
                            + ". Select values of one class, which are not null.");
        }
    }

    @Override
    public void write(Object key, KeyWriter out) {
        orderOf(key).write(key, out);
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public int maxBytes() {
        return UNLIMITED;
    }

    @Override
    public int compare(Object one, Object other) {
        return orderOf(one).compare(one, other);
    }
}
