package io.millrace.connector.kafka.source;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Between a task and the thread that fetches for it: polls one way, orders the other. Thread-safe;
 * its lock is taken once a poll and once an order, never for a record.
 */
final class FetchQueue {
    /** One that the task reads from next, one that lies ready. */
    private static final int CAPACITY = 2;

    private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    private final ArrayDeque<List<FetchedPartition>> polls = new ArrayDeque<>();
    private final ArrayDeque<Runnable> orders = new ArrayDeque<>();
    private CompletableFuture<Void> waiting;
    private RuntimeException failure;
    private boolean closed;

    /**
     * The next poll, null if there is none now. By the task.
     *
     * @throws RuntimeException what the fetching thread failed with, after all that it has read
     */
    synchronized List<FetchedPartition> take() {
        List<FetchedPartition> next = polls.poll();
        if (next != null) {
            notifyAll();
        } else if (failure != null) {
            throw failure;
        }
        return next;
    }

    /** Completes, on any thread, when {@link #take} has something. By the task. */
    synchronized CompletableFuture<Void> available() {
        if (!polls.isEmpty() || failure != null) {
            return NOW;
        }
        if (waiting == null) {
            waiting = new CompletableFuture<>();
        }
        return waiting;
    }

    /** Lets the task look again. */
    void wakeTask() {
        CompletableFuture<Void> woken;
        synchronized (this) {
            woken = waiting;
            waiting = null;
        }
        if (woken != null) {
            woken.complete(null);
        }
    }

    /** To be run by the fetching thread; dropped if that has ended. By the task. */
    synchronized void order(Runnable order) {
        orders.add(order);
        notifyAll();
    }

    /** No poll is wanted any more. By the task. */
    synchronized void close() {
        closed = true;
        polls.clear();
        notifyAll();
    }

    /**
     * The next order, or null if it is time to poll; waits while it is not.
     *
     * @param nothingToPoll whether only an order changes anything
     */
    synchronized Runnable nextOrder(boolean nothingToPoll) throws InterruptedException {
        while (orders.isEmpty() && !closed && (nothingToPoll || polls.size() >= CAPACITY)) {
            wait();
        }
        return orders.poll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** By the fetching thread, after {@link #nextOrder} has returned null. */
    void put(List<FetchedPartition> poll) {
        synchronized (this) {
            if (closed) {
                return;
            }
            polls.add(poll);
        }
        wakeTask();
    }

    /** Nothing is fetched any more. By the fetching thread. */
    void fail(RuntimeException e) {
        synchronized (this) {
            failure = e;
        }
        wakeTask();
    }
}
