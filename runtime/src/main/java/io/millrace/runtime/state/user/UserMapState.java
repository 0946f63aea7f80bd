package io.millrace.runtime.state.user;

import io.millrace.api.state.MapState;
import io.millrace.runtime.state.MapTable;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A map for each key. Confined to the task. */
final class UserMapState<UK, UV> implements MapState<UK, UV> {
    private final String name;
    private final MapTable table;

    UserMapState(String name, MapTable table) {
        this.name = name;
        this.table = table;
    }

    @Override
    @SuppressWarnings("unchecked") // what was put
    public UV get(UK key) {
        return (UV) table.get(checked(key));
    }

    @Override
    public void put(UK key, UV value) {
        table.put(checked(key), value);
    }

    @Override
    public void putAll(Map<UK, UV> map) {
        Objects.requireNonNull(map, () -> "The map for map state '" + name + "' is null.");
        map.forEach(this::put);
    }

    @Override
    public void remove(UK key) {
        table.remove(checked(key));
    }

    @Override
    public boolean contains(UK key) {
        return table.contains(checked(key));
    }

    private UK checked(UK key) {
        return Objects.requireNonNull(key, () -> "A key of map state '" + name + "' is null.");
    }

    @Override
    public Iterable<Map.Entry<UK, UV>> entries() {
        return this::iterator;
    }

    @Override
    public Iterable<UK> keys() {
        return () -> parts(Map.Entry::getKey);
    }

    @Override
    public Iterable<UV> values() {
        return () -> parts(Map.Entry::getValue);
    }

    private <P> Iterator<P> parts(Function<Map.Entry<UK, UV>, P> part) {
        Iterator<Map.Entry<UK, UV>> entries = iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public P next() {
                return part.apply(entries.next());
            }

            @Override
            public void remove() {
                entries.remove();
            }
        };
    }

    @Override
    @SuppressWarnings("unchecked") // what was put
    public Iterator<Map.Entry<UK, UV>> iterator() {
        return (Iterator<Map.Entry<UK, UV>>) (Iterator<?>) table.entries();
    }

    @Override
    public boolean isEmpty() {
        return table.isEmpty();
    }

    @Override
    public void clear() {
        table.clear();
    }
}
