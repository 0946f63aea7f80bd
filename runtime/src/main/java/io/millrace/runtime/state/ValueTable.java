package io.millrace.runtime.state;

/** One value for each key, or each key and namespace. Confined to its task. */
public interface ValueTable {
    /** For tables with namespaces: all calls that follow are about this one. */
    void setNamespace(Object namespace);

    /** Null if there is none. */
    Object get();

    /**
     * @param value not null
     */
    void put(Object value);

    void remove();
}
