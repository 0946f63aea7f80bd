package io.millrace.api.state;

import java.util.Iterator;
import java.util.Map;

/**
 * A map that every subtask has whole, since all of them see the same broadcast records. Changed by
 * those only. Confined to the task.
 */
public interface BroadcastState<K, V> extends ReadOnlyBroadcastState<K, V> {
    void put(K key, V value) throws Exception;

    void putAll(Map<K, V> map) throws Exception;

    void remove(K key) throws Exception;

    Iterator<Map.Entry<K, V>> iterator() throws Exception;

    Iterable<Map.Entry<K, V>> entries() throws Exception;
}
