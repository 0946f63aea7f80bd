package io.millrace.batch;

import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import java.util.Arrays;

/**
 * Some order of keys of any class: by hash, and different keys of one hash, which are rare, by
 * their bytes. Confined to its operator.
 */
final class KeyTies {
    private final Serializer<Object> keys;
    private final BinaryWriter left = new BinaryWriter(64);
    private final BinaryWriter right = new BinaryWriter(64);

    /**
     * @param keys of keys of any class
     */
    KeyTies(Serializer<Object> keys) {
        this.keys = keys;
    }

    int compare(Object one, Object other) {
        if (one.equals(other)) {
            return 0;
        }
        int byHash = Integer.compareUnsigned(KeyGroups.hash(one), KeyGroups.hash(other));
        if (byHash != 0) {
            return byHash;
        }
        left.clear();
        right.clear();
        keys.write(one, left);
        keys.write(other, right);
        return Arrays.compare(left.array(), 0, left.size(), right.array(), 0, right.size());
    }
}
