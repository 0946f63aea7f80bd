package io.millrace.runtime.state;

import java.util.List;

/** A list for each key, or each key and namespace. Confined to its task. */
public interface ListTable {
    /** For tables with namespaces: all calls that follow are about this one. */
    void setNamespace(Object namespace);

    /** Null if there is none; never empty. Not to be changed; valid until the next call. */
    List<Object> get();

    /**
     * @param element not null
     */
    void add(Object element);

    void addAll(List<?> elements);

    /**
     * @param elements copied; empty is the same as {@link #remove}
     */
    void replace(List<?> elements);

    void remove();
}
