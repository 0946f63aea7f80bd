package io.millrace.api.sink.async;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Takes entries in order up to a number and a size. Stateless. */
final class SizedBatchCreator<RequestEntryT extends Serializable>
        implements BatchCreator<RequestEntryT> {
    private final long maxBatchSizeBytes;

    SizedBatchCreator(long maxBatchSizeBytes) {
        this.maxBatchSizeBytes = maxBatchSizeBytes;
    }

    @Override
    public Batch<RequestEntryT> createNextBatch(
            RequestInfo requestInfo, RequestBuffer<RequestEntryT> bufferedRequestEntries) {
        List<RequestEntryT> taken = new ArrayList<>(requestInfo.getBatchSize());
        long sizeBytes = 0;
        while (taken.size() < requestInfo.getBatchSize() && !bufferedRequestEntries.isEmpty()) {
            long next = bufferedRequestEntries.peek().getSize();
            if (!taken.isEmpty() && sizeBytes + next > maxBatchSizeBytes) {
                break;
            }
            taken.add(bufferedRequestEntries.poll().getRequestEntry());
            sizeBytes += next;
        }
        return new Batch<>(taken, sizeBytes);
    }
}
