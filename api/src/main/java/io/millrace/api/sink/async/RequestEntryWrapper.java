package io.millrace.api.sink.async;

import java.io.Serializable;

/** An entry of a request with its size. Immutable. */
public class RequestEntryWrapper<RequestEntryT> implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // entries of sinks are serializable
    private final RequestEntryT requestEntry;

    private final long size;

    /**
     * @param size in bytes
     */
    public RequestEntryWrapper(RequestEntryT requestEntry, long size) {
        this.requestEntry = requestEntry;
        this.size = size;
    }

    public RequestEntryT getRequestEntry() {
        return requestEntry;
    }

    /** In bytes. */
    public long getSize() {
        return size;
    }
}
