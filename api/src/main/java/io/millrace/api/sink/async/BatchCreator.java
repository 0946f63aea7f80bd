package io.millrace.api.sink.async;

import java.io.Serializable;

/** Decides what goes into the next request. Confined to the task of its writer. */
public interface BatchCreator<RequestEntryT extends Serializable> {
    /**
     * Takes entries out of the buffer; at least one if there is one.
     *
     * @param requestInfo how many entries there may be
     */
    Batch<RequestEntryT> createNextBatch(
            RequestInfo requestInfo, RequestBuffer<RequestEntryT> bufferedRequestEntries);
}
