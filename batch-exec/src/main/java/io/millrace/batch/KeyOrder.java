package io.millrace.batch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.batch.sort.GroupKeys;
import io.millrace.batch.sort.KeyNormalizer;
import io.millrace.batch.sort.KeyWriter;
import io.millrace.runtime.serde.Serializer;
import java.util.List;

/** Records by key, in some order of keys, then by timestamp. Confined to its operator. */
final class KeyOrder extends KeyNormalizer<KeyedRecord> {
    private final List<KeySelector<Object, Object>> keys;
    private final KeyTies ties;

    /**
     * @param keys of each input
     * @param keySerializer of keys of any class
     */
    KeyOrder(List<KeySelector<Object, Object>> keys, Serializer<Object> keySerializer) {
        this.keys = keys;
        this.ties = new KeyTies(keySerializer);
    }

    @Override
    public void write(KeyedRecord record, KeyWriter out) {
        Object key = keyOf(record);
        out.putInt(record.keyHash());
        GroupKeys.write(key, out);
        // Signed numbers in unsigned order; none is the lowest.
        out.putLong(record.timestampMs ^ Long.MIN_VALUE);
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
    public int compare(KeyedRecord one, KeyedRecord other) {
        int byKey = ties.compare(keyOf(one), keyOf(other));
        return byKey != 0 ? byKey : Long.compare(one.timestampMs, other.timestampMs);
    }

    private Object keyOf(KeyedRecord record) {
        try {
            return record.key(keys);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED, "a key selector failed: " + e, e);
        }
    }
}
