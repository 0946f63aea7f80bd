package io.millrace.api.sink.async;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;

/** First in, first out, but for what is sent again. Confined to the task of its writer. */
final class DequeRequestBuffer<RequestEntryT extends Serializable>
        implements RequestBuffer<RequestEntryT> {
    private final Deque<RequestEntryWrapper<RequestEntryT>> entries = new ArrayDeque<>();
    private long sizeBytes;

    @Override
    public void add(RequestEntryWrapper<RequestEntryT> entry, boolean prioritize) {
        if (prioritize) {
            entries.addFirst(entry);
        } else {
            entries.addLast(entry);
        }
        sizeBytes += entry.getSize();
    }

    @Override
    public RequestEntryWrapper<RequestEntryT> poll() {
        RequestEntryWrapper<RequestEntryT> next = entries.poll();
        if (next != null) {
            sizeBytes -= next.getSize();
        }
        return next;
    }

    @Override
    public RequestEntryWrapper<RequestEntryT> peek() {
        return entries.peek();
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Collection<RequestEntryWrapper<RequestEntryT>> getBufferedState() {
        return new ArrayList<>(entries);
    }

    @Override
    public long totalSizeInBytes() {
        return sizeBytes;
    }
}
