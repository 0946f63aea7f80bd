package io.millrace.runtime.operator.window;

import java.util.Collection;

/** What windows of the current key have, one window at a time. Confined to the task. */
abstract class Contents {
    static final String TABLE = "window-contents";

    /** All calls that follow are about this window. */
    abstract void setWindow(Object window);

    /**
     * @param shared whether other windows are given the same record
     */
    abstract void add(Object record, long timestampMs, boolean shared) throws Exception;

    /** What comes out: one result, or the list of all elements; null if there is nothing. */
    abstract Object get();

    abstract void clear();

    /** Puts what some windows have into another one, which is the current one then. */
    abstract void merge(Object into, Collection<?> from) throws Exception;
}
