package io.millrace.rocks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * One freeze of one table: what had changed by then, collected segment by segment of its cache.
 * Thread-safe.
 *
 * <p>A segment is collected by whoever needs it first, the task before it touches the segment again
 * or the thread that settles; the other one waits for as long as that takes. So a freeze itself
 * takes no time that depends on what the table holds. If nobody wants to know any more what it was,
 * segments are still collected, as that also puts their entries in order, but nothing is kept.
 */
final class TableFreeze {
    private static final int UNTOUCHED = 0;
    private static final int TAKEN = 1;
    private static final int COLLECTED = 2;

    /** Collects one segment. Called once for each, by one thread at a time. */
    @FunctionalInterface
    interface Collector {
        void collect(int segment, TableChanges into);
    }

    private final Collector collector;
    private final boolean namespaces;
    private final AtomicIntegerArray states;
    private final AtomicInteger left;
    private final TableChanges[] changes; // an element is written before its state is COLLECTED
    private volatile boolean abandoned; // set by who closes the frozen state, read by who collects

    TableFreeze(int segments, boolean namespaces, Collector collector) {
        this.namespaces = namespaces;
        this.collector = collector;
        this.states = new AtomicIntegerArray(segments);
        this.left = new AtomicInteger(segments);
        this.changes = new TableChanges[segments];
    }

    int segments() {
        return changes.length;
    }

    /** Whether all segments are collected. */
    boolean collected() {
        return left.get() == 0;
    }

    /** Returns when the segment is collected. */
    void collect(int segment) {
        if (states.get(segment) == COLLECTED) {
            return;
        }
        if (states.compareAndSet(segment, UNTOUCHED, TAKEN)) {
            TableChanges found = new TableChanges(namespaces);
            collector.collect(segment, found);
            changes[segment] = found;
            states.set(segment, COLLECTED);
            left.decrementAndGet();
            if (abandoned) {
                found.clear();
            }
            return;
        }
        while (states.get(segment) != COLLECTED) {
            Thread.onSpinWait();
        }
    }

    void collectAll() {
        for (int i = 0; i < changes.length; i++) {
            collect(i);
        }
    }

    /** What had changed in the segment. */
    TableChanges of(int segment) {
        collect(segment);
        return changes[segment];
    }

    /** Lets go of all entries, those that are still to be collected, too. */
    void abandon() {
        abandoned = true;
        for (int i = 0; i < changes.length; i++) {
            if (states.get(i) == COLLECTED) {
                changes[i].clear();
            }
        }
    }
}
