package io.millrace.batch.sort;

import java.util.List;

/**
 * The order of values with fields: by the first field, then by the second, and so on. Fields behind
 * one whose bytes do not decide are not written. Immutable.
 */
final class FieldKeys<K> extends KeyNormalizer<K> {
    private final FieldKey[] fields;

    /** Reads a part of a value; any thread. */
    interface Getter {
        Object get(Object value);
    }

    /** A part and its order. */
    record FieldKey(Getter getter, KeyNormalizer<Object> order) {}

    FieldKeys(List<FieldKey> fields) {
        this.fields = fields.toArray(FieldKey[]::new);
    }

    @Override
    public void write(K key, KeyWriter out) {
        for (FieldKey field : fields) {
            field.order.write(field.getter.get(key), out);
        }
    }

    @Override
    public boolean exact() {
        for (FieldKey field : fields) {
            if (!field.order.exact()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int maxBytes() {
        long sum = 0;
        for (FieldKey field : fields) {
            sum += field.order.maxBytes();
        }
        return (int) Math.min(UNLIMITED, sum);
    }

    @Override
    public int compare(K one, K other) {
        for (FieldKey field : fields) {
            int order = field.order.compare(field.getter.get(one), field.getter.get(other));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
