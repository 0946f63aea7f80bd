package io.millrace.runtime.task;

import java.util.TreeSet;

/** Checkpoints of which nobody wants to hear any more. Not thread-safe. */
final class OverIds {
    /** Single ids that are remembered; for one more, all up to the lowest are over. */
    private static final int MAX_SINGLE = 64;

    private final TreeSet<Long> single = new TreeSet<>();
    private long allUpTo = Long.MIN_VALUE;

    void add(long id) {
        if (id > allUpTo) {
            single.add(id);
            if (single.size() > MAX_SINGLE) {
                addUpTo(single.first());
            }
        }
    }

    void addUpTo(long id) {
        allUpTo = Math.max(allUpTo, id);
        single.headSet(allUpTo, true).clear();
    }

    boolean contains(long id) {
        return id <= allUpTo || single.contains(id);
    }
}
