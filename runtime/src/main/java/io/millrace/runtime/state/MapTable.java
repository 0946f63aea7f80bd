package io.millrace.runtime.state;

import java.util.Iterator;
import java.util.Map;

/** A map for each key, or each key and namespace. Confined to its task. */
public interface MapTable {
    /** For tables with namespaces: all calls that follow are about this one. */
    void setNamespace(Object namespace);

    /** Null if there is none, or if the value is null. */
    Object get(Object mapKey);

    boolean contains(Object mapKey);

    /**
     * @param mapKey not null
     * @param value may be null
     */
    void put(Object mapKey, Object value);

    void remove(Object mapKey);

    boolean isEmpty();

    /**
     * The entries, in no order. {@code remove} and {@code setValue} work; any other change of this
     * map in between ends in a {@code ConcurrentModificationException} or an unspecified rest.
     */
    Iterator<Map.Entry<Object, Object>> entries();

    /** Removes all entries. */
    void clear();
}
