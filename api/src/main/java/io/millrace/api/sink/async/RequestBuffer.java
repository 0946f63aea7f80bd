package io.millrace.api.sink.async;

import java.io.Serializable;
import java.util.Collection;

/** Entries that wait to be sent, in an order of its own. Confined to the task of its writer. */
public interface RequestBuffer<RequestEntryT extends Serializable> {
    /**
     * @param prioritize whether the entry is sent again, and goes before those that are there
     */
    void add(RequestEntryWrapper<RequestEntryT> entry, boolean prioritize);

    /** Removes the entry that is next; null if there is none. */
    RequestEntryWrapper<RequestEntryT> poll();

    /** The entry that is next; null if there is none. */
    RequestEntryWrapper<RequestEntryT> peek();

    boolean isEmpty();

    int size();

    /** What a checkpoint has to keep; a copy, or never changed. */
    Collection<RequestEntryWrapper<RequestEntryT>> getBufferedState();

    long totalSizeInBytes();
}
