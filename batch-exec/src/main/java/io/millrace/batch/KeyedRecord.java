package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.runtime.plan.KeyGroups;
import java.util.List;

/** A record on its way through a sort by key. Confined to its sort; can be filled again. */
final class KeyedRecord {
    int input;
    Object value;
    long timestampMs;

    // Null until it is known.
    private Object key;
    private int keyHash;
    private boolean hashed;

    void fill(int ofInput, Object newValue, long newTimestampMs, Object newKey, int newHash) {
        fill(ofInput, newValue, newTimestampMs);
        key = newKey;
        keyHash = newHash;
        hashed = true;
    }

    void fill(int ofInput, Object newValue, long newTimestampMs) {
        input = ofInput;
        value = newValue;
        timestampMs = newTimestampMs;
        key = null;
        hashed = false;
    }

    /**
     * The key, as the selector of its input has it.
     *
     * @param keys of each input
     */
    Object key(List<KeySelector<Object, Object>> keys) throws Exception {
        if (key == null) {
            key = keys.get(input).getKey(value);
        }
        return key;
    }

    /** Of {@link #key}, which has been asked for. */
    int keyHash() {
        if (!hashed) {
            keyHash = KeyGroups.hash(key);
            hashed = true;
        }
        return keyHash;
    }
}
