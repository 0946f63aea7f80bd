package io.millrace.runtime.operator;

import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.ReadOnlyBroadcastState;
import java.util.Map;

/** Broadcast state that cannot be changed through this view. Confined to its task. */
final class ReadOnlyTable<K, V> implements ReadOnlyBroadcastState<K, V> {
    private final BroadcastState<K, V> state;

    ReadOnlyTable(BroadcastState<K, V> state) {
        this.state = state;
    }

    @Override
    public V get(K key) throws Exception {
        return state.get(key);
    }

    @Override
    public boolean contains(K key) throws Exception {
        return state.contains(key);
    }

    @Override
    public Iterable<Map.Entry<K, V>> immutableEntries() throws Exception {
        return state.immutableEntries();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException(
                "Broadcast state is changed by broadcast records only: in"
                        + " processBroadcastElement().");
    }
}
