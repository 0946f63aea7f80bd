package io.millrace.api.source.reader;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Fetches on their way from fetchers to the task. Thread-safe: fetchers put and wait while it is
 * full, the task takes and never waits.
 */
final class FetchQueue<E> {
    private final int capacity;
    private final ArrayDeque<RecordsWithSplitIds<E>> fetches = new ArrayDeque<>();
    private final Set<Object> woken = new HashSet<>();

    /** Whether the task shall look again although there may be nothing to take. */
    private boolean signalled;

    private CompletableFuture<Void> awaited = new CompletableFuture<>();

    FetchQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Returns false if the putter was woken up before there was room: it comes again. */
    boolean put(Object putter, RecordsWithSplitIds<E> fetch) throws InterruptedException {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            while (fetches.size() >= capacity) {
                if (woken.remove(putter)) {
                    return false;
                }
                wait();
            }
            woken.remove(putter);
            fetches.add(fetch);
            waiting = awaited;
        }
        waiting.complete(null);
        return true;
    }

    synchronized void wakeUp(Object putter) {
        woken.add(putter);
        notifyAll();
    }

    /** Lets the task look again. */
    void signal() {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            signalled = true;
            waiting = awaited;
        }
        waiting.complete(null);
    }

    /** Null if there is nothing. By the task. */
    synchronized RecordsWithSplitIds<E> poll() {
        signalled = false;
        RecordsWithSplitIds<E> next = fetches.poll();
        notifyAll();
        return next;
    }

    synchronized boolean isEmpty() {
        return fetches.isEmpty();
    }

    /** Drops what is there, for those that wait until all has been taken. */
    synchronized void clear() {
        fetches.clear();
        notifyAll();
    }

    synchronized void awaitEmpty() throws InterruptedException {
        while (!fetches.isEmpty()) {
            wait();
        }
    }

    /** Completes, on any thread, when looking makes sense. By the task. */
    synchronized CompletableFuture<Void> available() {
        if (!fetches.isEmpty() || signalled) {
            return CompletableFuture.completedFuture(null);
        }
        if (awaited.isDone()) {
            awaited = new CompletableFuture<>();
        }
        return awaited;
    }
}
