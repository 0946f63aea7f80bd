package io.millrace.runtime.state.user;

import java.util.AbstractMap.SimpleEntry;

/** An entry whose new value reaches the state. Confined to the task. */
final class WrittenThrough<K, V> extends SimpleEntry<K, V> {
    private static final long serialVersionUID = 1L;

    private final transient ExpiringMapState<K, V> state;

    WrittenThrough(ExpiringMapState<K, V> state, K key, V value) {
        super(key, value);
        this.state = state;
    }

    @Override
    public V setValue(V value) {
        try {
            state.put(getKey(), value);
        } catch (Exception e) {
            throw new IllegalStateException("The entry cannot be changed.", e);
        }
        return super.setValue(value);
    }
}
