package io.millrace.api.state.v2;

import java.util.Iterator;
import java.util.Map;

/** A map for each key. Confined to the task. */
public interface MapState<UK, UV> extends State {
    /** Of null if there is none. */
    StateFuture<UV> asyncGet(UK key);

    StateFuture<Void> asyncPut(UK key, UV value);

    StateFuture<Void> asyncPutAll(Map<UK, UV> map);

    StateFuture<Void> asyncRemove(UK key);

    StateFuture<Boolean> asyncContains(UK key);

    StateFuture<StateIterator<Map.Entry<UK, UV>>> asyncEntries();

    StateFuture<StateIterator<UK>> asyncKeys();

    StateFuture<StateIterator<UV>> asyncValues();

    StateFuture<Boolean> asyncIsEmpty();

    /** Null if there is none. */
    UV get(UK key);

    void put(UK key, UV value);

    void putAll(Map<UK, UV> map);

    void remove(UK key);

    boolean contains(UK key);

    Iterable<Map.Entry<UK, UV>> entries();

    Iterable<UK> keys();

    Iterable<UV> values();

    Iterator<Map.Entry<UK, UV>> iterator();

    boolean isEmpty();
}
