package io.millrace.api.state;

import java.util.Map;

/**
 * Broadcast state as the side that is not broadcast sees it: to look at, not to change. Confined to
 * the task.
 */
public interface ReadOnlyBroadcastState<K, V> extends State {
    /** Null if there is none. The value must not be changed. */
    V get(K key) throws Exception;

    boolean contains(K key) throws Exception;

    /** The entries; neither they nor their values may be changed. */
    Iterable<Map.Entry<K, V>> immutableEntries() throws Exception;
}
