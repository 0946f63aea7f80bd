package io.millrace.api.state.v2;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A map over one without futures. Confined to the task. */
final class ReadyMapState<UK, UV> extends ReadyState<io.millrace.api.state.MapState<UK, UV>>
        implements MapState<UK, UV> {
    ReadyMapState(io.millrace.api.state.MapState<UK, UV> state) {
        super(state);
    }

    @Override
    public UV get(UK key) {
        return call(state -> state.get(key));
    }

    @Override
    public void put(UK key, UV value) {
        run(state -> state.put(key, value));
    }

    @Override
    public void putAll(Map<UK, UV> map) {
        run(state -> state.putAll(map));
    }

    @Override
    public void remove(UK key) {
        run(state -> state.remove(key));
    }

    @Override
    public boolean contains(UK key) {
        return call(state -> state.contains(key));
    }

    @Override
    public Iterable<Map.Entry<UK, UV>> entries() {
        return call(io.millrace.api.state.MapState::entries);
    }

    @Override
    public Iterable<UK> keys() {
        return call(io.millrace.api.state.MapState::keys);
    }

    @Override
    public Iterable<UV> values() {
        return call(io.millrace.api.state.MapState::values);
    }

    @Override
    public Iterator<Map.Entry<UK, UV>> iterator() {
        return call(io.millrace.api.state.MapState::iterator);
    }

    @Override
    public boolean isEmpty() {
        return call(io.millrace.api.state.MapState::isEmpty);
    }

    @Override
    public StateFuture<UV> asyncGet(UK key) {
        return new ReadyFuture<>(get(key));
    }

    @Override
    public StateFuture<Void> asyncPut(UK key, UV value) {
        put(key, value);
        return ReadyFuture.done();
    }

    @Override
    public StateFuture<Void> asyncPutAll(Map<UK, UV> map) {
        putAll(map);
        return ReadyFuture.done();
    }

    @Override
    public StateFuture<Void> asyncRemove(UK key) {
        remove(key);
        return ReadyFuture.done();
    }

    @Override
    public StateFuture<Boolean> asyncContains(UK key) {
        return new ReadyFuture<>(contains(key));
    }

    @Override
    public StateFuture<Boolean> asyncIsEmpty() {
        return new ReadyFuture<>(isEmpty());
    }

    /** Over a copy: what is hung onto it may change the map. */
    @Override
    public StateFuture<StateIterator<Map.Entry<UK, UV>>> asyncEntries() {
        List<Map.Entry<UK, UV>> copies = new ArrayList<>();
        for (Map.Entry<UK, UV> entry : entries()) {
            copies.add(new SimpleImmutableEntry<>(entry));
        }
        return new ReadyFuture<>(new ReadyIterator<>(copies));
    }

    @Override
    public StateFuture<StateIterator<UK>> asyncKeys() {
        return new ReadyFuture<>(copied(keys()));
    }

    @Override
    public StateFuture<StateIterator<UV>> asyncValues() {
        return new ReadyFuture<>(copied(values()));
    }

    private static <T> StateIterator<T> copied(Iterable<T> all) {
        List<T> copies = new ArrayList<>();
        all.forEach(copies::add);
        return new ReadyIterator<>(copies);
    }
}
