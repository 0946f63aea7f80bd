package io.millrace.api.sink.async;

import java.io.Serializable;
import java.util.List;

/** Entries that are sent in one request. Immutable. */
public class Batch<RequestEntryT extends Serializable> {
    private final List<RequestEntryT> batchEntries;
    private final long sizeInBytes;

    public Batch(List<RequestEntryT> requestEntries, long sizeInBytes) {
        this.batchEntries = List.copyOf(requestEntries);
        this.sizeInBytes = sizeInBytes;
    }

    public List<RequestEntryT> getBatchEntries() {
        return batchEntries;
    }

    public long getSizeInBytes() {
        return sizeInBytes;
    }

    public int getRecordCount() {
        return batchEntries.size();
    }
}
