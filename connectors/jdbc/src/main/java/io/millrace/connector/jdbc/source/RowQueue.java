package io.millrace.connector.jdbc.source;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Rows on their way from the thread that reads to the task, at most two chunks. Thread-safe: the
 * thread puts, the task takes; a lock guards all fields.
 */
final class RowQueue<T> {
    private static final int CAPACITY_CHUNKS = 2;

    /**
     * @param last whether the split ends with them
     */
    record Chunk<T>(List<T> rows, boolean last) {}

    private final ArrayDeque<Chunk<T>> chunks = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private Throwable failure; // null until the thread has failed
    private boolean closed;

    /**
     * Waits while the queue is full.
     *
     * @return false if nobody takes any more
     */
    synchronized boolean put(Chunk<T> chunk) throws InterruptedException {
        while (chunks.size() >= CAPACITY_CHUNKS && !closed) {
            wait();
        }
        if (closed) {
            return false;
        }
        chunks.add(chunk);
        available.complete(null);
        return true;
    }

    /** The task meets the failure after the chunks before it. */
    synchronized void fail(Throwable thrown) {
        failure = thrown;
        available.complete(null);
    }

    /**
     * The next chunk; null if there is none now.
     *
     * @throws Exception what the thread has failed with
     */
    synchronized Chunk<T> take() throws Exception {
        Chunk<T> next = chunks.poll();
        if (next != null) {
            notifyAll();
            return next;
        }
        if (failure instanceof Exception e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (available.isDone()) {
            available = new CompletableFuture<>();
        }
        return null;
    }

    /** Completes when {@link #take} has something. */
    synchronized CompletableFuture<Void> available() {
        return available;
    }

    /** Wakes the thread for its end. */
    synchronized void close() {
        closed = true;
        chunks.clear();
        notifyAll();
    }
}
