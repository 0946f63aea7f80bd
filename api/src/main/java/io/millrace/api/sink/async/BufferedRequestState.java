package io.millrace.api.sink.async;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What a writer had not sent when a checkpoint was taken. Immutable. */
public class BufferedRequestState<RequestEntryT extends Serializable> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<RequestEntryWrapper<RequestEntryT>> bufferedRequestEntries;

    /**
     * @deprecated use {@link #BufferedRequestState(List)}
     */
    @Deprecated
    public BufferedRequestState(Deque<RequestEntryWrapper<RequestEntryT>> bufferedRequestEntries) {
        this.bufferedRequestEntries = new ArrayList<>(bufferedRequestEntries);
    }

    /**
     * @param bufferedRequestEntries in the order in which they shall be sent
     */
    public BufferedRequestState(List<RequestEntryWrapper<RequestEntryT>> bufferedRequestEntries) {
        this.bufferedRequestEntries = new ArrayList<>(bufferedRequestEntries);
    }

    public BufferedRequestState(RequestBuffer<RequestEntryT> requestBuffer) {
        this.bufferedRequestEntries = new ArrayList<>(requestBuffer.getBufferedState());
    }

    /** Nothing. */
    public static <T extends Serializable> BufferedRequestState<T> emptyState() {
        return new BufferedRequestState<>(List.of());
    }

    public List<RequestEntryWrapper<RequestEntryT>> getBufferedRequestEntries() {
        return bufferedRequestEntries;
    }

    /** In bytes. */
    public long getStateSize() {
        return bufferedRequestEntries.stream().mapToLong(RequestEntryWrapper::getSize).sum();
    }
}
