package io.millrace.runtime.state.heap;

import java.util.TreeSet;

/**
 * Numbers the freezes of one owner and says which are open. What was made or copied in a version is
 * seen by the freeze of that number and later ones; so who wants to change something copies it
 * first if its version is not above the newest open freeze.
 */
public final class Versions {
    /** The highest distance of versions that is told apart. */
    public static final int WINDOW = 30;

    private final TreeSet<Integer> open = new TreeSet<>(); // guarded by this
    private int current = 1; // of the task
    private boolean tracking; // of the task

    /*
     * The task opens, any thread closes, the task reads. Who closes has read all that it will of
     * what was frozen, and that happens before the task sees the new values and changes in place.
     */
    private volatile int newestOpen; // 0 for none
    private volatile int oldestOpen = Integer.MAX_VALUE; // for none

    /** What changes now belongs to the freeze of this number. Task. */
    public int current() {
        return current;
    }

    /** Freezes; the number must be closed. Task. */
    public int freeze() {
        synchronized (this) {
            open.add(current);
            publish();
        }
        return current++;
    }

    /**
     * Tells what changes from now on apart from what was there before, without a freeze. Task.
     *
     * @return the version of what was there before
     */
    public int next() {
        return current++;
    }

    /** Any thread; idempotent. */
    public void close(int number) {
        synchronized (this) {
            open.remove(number);
            publish();
        }
    }

    private void publish() {
        assert Thread.holdsLock(this);
        newestOpen = open.isEmpty() ? 0 : open.last();
        oldestOpen = open.isEmpty() ? Integer.MAX_VALUE : open.first();
    }

    /** Whether an open freeze sees what was made in this version. */
    public boolean isFrozen(int born) {
        return born <= newestOpen;
    }

    public boolean isAnyOpen() {
        return newestOpen != 0;
    }

    public int newestOpen() {
        return newestOpen;
    }

    /** Whether any freeze up to this number is open. */
    public boolean isOpenUpTo(int number) {
        return oldestOpen <= number;
    }

    /** Whether changes are told apart row by row, for incremental checkpoints. Task. */
    public boolean tracking() {
        return tracking;
    }

    public void track() {
        tracking = true;
    }
}
