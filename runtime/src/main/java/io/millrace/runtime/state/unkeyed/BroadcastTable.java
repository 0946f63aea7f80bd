package io.millrace.runtime.state.unkeyed;

import io.millrace.api.state.BroadcastState;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Broadcast state in memory, in the order of its first writes. Confined to its task. */
final class BroadcastTable<K, V> implements BroadcastState<K, V> {
    private final String name;
    private final ItemCodec entryCodec;
    private final Map<K, V> entries = new LinkedHashMap<>();

    BroadcastTable(String name, ItemCodec entryCodec) {
        this.name = name;
        this.entryCodec = entryCodec;
    }

    ItemCodec entryCodec() {
        return entryCodec;
    }

    void snapshot(SnapshotTurn turn) {
        if (!entries.isEmpty()) {
            FrozenItems.hand(
                    turn,
                    StatePart.Kind.BROADCAST,
                    name,
                    entryCodec.description(),
                    entries.size(),
                    out -> entries.forEach((key, value) -> entryCodec.write(out, key, value)));
        }
    }

    @Override
    public V get(K key) {
        return entries.get(key);
    }

    @Override
    public boolean contains(K key) {
        return entries.containsKey(key);
    }

    @Override
    public void put(K key, V value) {
        entries.put(key, value);
    }

    @Override
    public void putAll(Map<K, V> map) {
        entries.putAll(map);
    }

    @Override
    public void remove(K key) {
        entries.remove(key);
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        return entries.entrySet().iterator();
    }

    @Override
    public Iterable<Map.Entry<K, V>> entries() {
        return entries.entrySet();
    }

    @Override
    public Iterable<Map.Entry<K, V>> immutableEntries() {
        return Collections.unmodifiableMap(entries).entrySet();
    }

    @Override
    public void clear() {
        entries.clear();
    }
}
