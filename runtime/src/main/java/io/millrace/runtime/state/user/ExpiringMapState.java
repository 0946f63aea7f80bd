package io.millrace.runtime.state.user;

import io.millrace.api.state.MapState;
import io.millrace.api.tuple.Tuple2;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A map whose entries expire, each for itself; removed when they are met. Confined to the task. */
final class ExpiringMapState<K, V> implements MapState<K, V> {
    private final Expiry expiry;
    private final MapState<K, Tuple2<Long, V>> state;

    ExpiringMapState(Expiry expiry, MapState<K, Tuple2<Long, V>> state) {
        this.expiry = expiry;
        this.state = state;
    }

    @Override
    public V get(K key) throws Exception {
        Tuple2<Long, V> held = live(key);
        return held == null ? null : held.f1;
    }

    @Override
    public boolean contains(K key) throws Exception {
        return live(key) != null;
    }

    /** What a reader sees; null if there is none. */
    private Tuple2<Long, V> live(K key) throws Exception {
        Tuple2<Long, V> held = state.get(key);
        if (held == null) {
            return null;
        }
        if (expiry.hasExpired(held)) {
            state.remove(key);
            return expiry.showsExpired() ? held : null;
        }
        if (expiry.onRead()) {
            state.put(key, expiry.stamp(held.f1));
        }
        return held;
    }

    @Override
    public void put(K key, V value) throws Exception {
        state.put(key, expiry.stamp(value));
    }

    @Override
    public void putAll(Map<K, V> map) throws Exception {
        for (Map.Entry<K, V> entry : map.entrySet()) {
            put(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public void remove(K key) throws Exception {
        state.remove(key);
    }

    @Override
    public Iterable<Map.Entry<K, V>> entries() throws Exception {
        return all();
    }

    @Override
    public Iterable<K> keys() throws Exception {
        List<K> keys = new ArrayList<>();
        all().forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    @Override
    public Iterable<V> values() throws Exception {
        List<V> values = new ArrayList<>();
        all().forEach(entry -> values.add(entry.getValue()));
        return values;
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() throws Exception {
        return all().iterator();
    }

    @Override
    public boolean isEmpty() throws Exception {
        return state.isEmpty() || !all().iterator().hasNext();
    }

    /** What a reader sees; removing and replacing reach the state. */
    private Iterable<Map.Entry<K, V>> all() throws Exception {
        Map<K, Tuple2<Long, V>> seen = new LinkedHashMap<>();
        for (Map.Entry<K, Tuple2<Long, V>> entry : state.entries()) {
            seen.put(entry.getKey(), entry.getValue());
        }
        List<Map.Entry<K, V>> shown = new ArrayList<>();
        for (Map.Entry<K, Tuple2<Long, V>> entry : seen.entrySet()) {
            boolean expired = expiry.hasExpired(entry.getValue());
            if (expired) {
                state.remove(entry.getKey());
            } else if (expiry.onRead()) {
                state.put(entry.getKey(), expiry.stamp(entry.getValue().f1));
            }
            if (!expired || expiry.showsExpired()) {
                shown.add(new WrittenThrough<>(this, entry.getKey(), entry.getValue().f1));
            }
        }
        return () -> new Removing(shown.iterator());
    }

    @Override
    public void clear() {
        state.clear();
    }

    private final class Removing implements Iterator<Map.Entry<K, V>> {
        private final Iterator<Map.Entry<K, V>> entries;
        private Map.Entry<K, V> last; // null before the first

        Removing(Iterator<Map.Entry<K, V>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public Map.Entry<K, V> next() {
            last = entries.next();
            return last;
        }

        @Override
        public void remove() {
            entries.remove();
            try {
                ExpiringMapState.this.remove(last.getKey());
            } catch (Exception e) {
                throw new IllegalStateException("The entry cannot be removed.", e);
            }
        }
    }
}
