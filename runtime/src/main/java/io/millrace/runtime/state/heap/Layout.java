package io.millrace.runtime.state.heap;

import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;

/**
 * What the rows of a table, or of a map of one key, consist of. Immutable.
 *
 * @param stride objects of a row: key, perhaps namespace, content
 * @param ofMapKeys they are hashed as Java does, and not as keys of records
 * @param copier of the content; null if it cannot change, or takes care of itself
 * @param cells if key and content are numbers that need no objects; else null
 * @param leastSlots of a new unit
 * @param mostSlots of a unit before it splits
 */
record Layout(
        int stride,
        boolean ofMapKeys,
        Serializer<Object> copier,
        Cells cells,
        int leastSlots,
        int mostSlots) {

    /**
     * Of a row.
     *
     * @param namespace null if there are none
     */
    int hashOf(Object key, Object namespace) {
        if (ofMapKeys) {
            return ofMapKey(key);
        }
        int mixed = KeyGroups.murmur(KeyGroups.hash(key));
        return stride == 2 ? mixed : combine(mixed, namespace);
    }

    static int ofMapKey(Object mapKey) {
        return KeyGroups.murmur(mapKey.hashCode());
    }

    static int combine(int mixed, Object namespace) {
        return KeyGroups.murmur(mixed ^ (namespace.hashCode() * 0x9E3779B9));
    }

    /** From a key group's or a map's range of hashes to one that fills all bits. */
    static int spread(int hash) {
        return hash * 0x9E3779B9;
    }
}
