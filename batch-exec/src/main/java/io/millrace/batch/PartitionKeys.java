package io.millrace.batch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.batch.sort.GroupKeys;
import io.millrace.batch.sort.KeyNormalizer;
import io.millrace.batch.sort.KeyNormalizers;
import io.millrace.batch.sort.KeyWriter;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;

/**
 * The order of records that wait for the end of their input: by key, then by what they are to be
 * sorted by. Confined to its operator.
 */
/* Keys need no order of their own: they are ordered by hash, and different keys of one hash, which are
 * rare, by their bytes. Where their bytes do not tell whether they are equal, the keys do.
 */
final class PartitionKeys extends KeyNormalizer<Object> {
    // Null if the partition is that of the subtask.
    private final KeySelector<Object, Object> keySelector;
    // Null if records stay as they came.
    private final KeySelector<Object, Object> sortKey;
    private final KeyNormalizer<Object> sortOrder;
    private final KeyTies ties;

    /**
     * @param keys of keys of any class
     */
    PartitionKeys(
            KeySelector<Object, Object> keySelector,
            KeySelector<Object, Object> sortKey,
            boolean ascending,
            Serializer<Object> keys) {
        this.keySelector = keySelector;
        this.sortKey = sortKey;
        KeyNormalizer<Object> found = KeyNormalizers.ofValues();
        this.sortOrder = ascending ? found : found.descending();
        this.ties = new KeyTies(keys);
    }

    @Override
    public void write(Object record, KeyWriter out) {
        if (keySelector != null) {
            Object key = select(keySelector, record);
            out.putInt(KeyGroups.hash(key));
            GroupKeys.write(key, out);
        }
        if (sortKey != null) {
            sortOrder.write(select(sortKey, record), out);
        }
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
        if (keySelector != null) {
            int byKey = ties.compare(select(keySelector, one), select(keySelector, other));
            if (byKey != 0) {
                return byKey;
            }
        }
        return sortKey == null
                ? 0
                : sortOrder.compare(select(sortKey, one), select(sortKey, other));
    }

    private static Object select(KeySelector<Object, Object> selector, Object record) {
        try {
            return selector.getKey(record);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED, "a key selector failed: " + e, e);
        }
    }
}
