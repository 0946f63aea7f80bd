package io.millrace.runtime.task;

/**
 * Gives turns to the entries of one lane, on one thread. Confined to that thread, but for what the
 * monitor asks, which is under this object's lock.
 */
final class WorkLoop implements Runnable {
    private static final long SPIN_NANOS = 20_000;
    // After so many vain spins in a row a loop sleeps at once, but for each 64th time.
    private static final int VAIN_SPINS = 4;
    private static final int SPINS_AGAIN = 64;
    private static final long SLEEP_NANOS = 1_000_000_000;
    // A blocking entry that has behaved for so many turns may share a loop again.
    private static final int SHORT_TURNS_TO_RETURN = 1000;

    private final WorkLoops loops;
    private final String name;
    private LoopEntry own;
    // 0 while it is idle.
    private long busySinceNanos;

    // Written by the loop under this object's lock, which the monitor takes to read.
    private Lane lane;
    private LoopEntry current;
    private long turnBeganNanos;
    private boolean replaced;
    private Thread thread;

    WorkLoop(WorkLoops loops, Lane lane, String name) {
        this.loops = loops;
        this.lane = lane;
        this.name = name;
    }

    String name() {
        return name;
    }

    @Override
    public void run() {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        long idleSinceNanos = 0;
        boolean slept = false;
        int vainSpins = 0;
        while (!loops.isClosing()) {
            LoopEntry entry = lane.poll();
            if (entry == null && own == null) {
                entry = loops.takeFromOthers(lane);
            }
            if (entry != null) {
                if (idleSinceNanos != 0 && !slept) {
                    vainSpins = 0; // found while it spun
                }
                idleSinceNanos = 0;
                slept = false;
                callForHelpIfOthersWait();
                if (!runTurn(entry)) {
                    return;
                }
                continue;
            }
            long now = System.nanoTime();
            if (idleSinceNanos == 0) {
                idleSinceNanos = now;
                vainSpins++; // until something is found
                busySinceNanos = 0;
            }
            boolean spins = vainSpins <= VAIN_SPINS || vainSpins % SPINS_AGAIN == 0;
            if (spins && now - idleSinceNanos < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                lane.sleep(SLEEP_NANOS);
                slept = true;
            }
        }
    }

    private void callForHelpIfOthersWait() {
        if (lane.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        if (busySinceNanos == 0) {
            busySinceNanos = now;
        } else if (now - busySinceNanos > Lane.HELP_AFTER_NANOS) {
            lane.callForHelp();
        }
    }

    /** Returns false if this thread has nothing to do any more. */
    private boolean runTurn(LoopEntry entry) {
        synchronized (this) {
            current = entry;
            turnBeganNanos = System.nanoTime();
        }
        lane.turnBegins(turnBeganNanos, !entry.isQuick());
        entry.begin();
        int worked = entry.work().turn();
        boolean wasReplaced;
        long tookNanos;
        synchronized (this) {
            tookNanos = System.nanoTime() - turnBeganNanos;
            current = null;
            wasReplaced = replaced;
            replaced = false;
            if (wasReplaced) {
                own = entry;
                lane = new Lane(null);
            } else {
                lane.turnEnds();
            }
            // An interrupt was meant for this turn only.
            Thread.interrupted();
        }
        if (wasReplaced) {
            entry.moveTo(lane);
        } else if (own == null && entry.lane() != lane) {
            entry.moveTo(lane);
        }
        entry.took(tookNanos);
        settle(entry);
        boolean leaves = own != null && behavesAgain(entry, tookNanos);
        if (leaves) {
            entry.moveTo(loops.anyLane());
        }
        // Asked before the entry is let go: afterwards another thread may run its next turn.
        boolean done = entry.work().isDone();
        long nextTurnNanos = worked > 0 ? Long.MAX_VALUE : entry.work().nextTurnNanos();
        if (entry.end(worked, lane)) {
            loops.scheduleTurn(entry, nextTurnNanos);
        }
        if (own != null && (leaves || done)) {
            loops.ended(this);
            return false;
        }
        return true;
    }

    private void settle(LoopEntry entry) {
        LoopThread here = (LoopThread) Thread.currentThread();
        here.nextLane = own == null ? lane : null;
        try {
            entry.work().settle();
        } finally {
            here.nextLane = null;
        }
    }

    private boolean behavesAgain(LoopEntry entry, long tookNanos) {
        return entry.countTurn(tookNanos < loops.turnLimitNanos() / 4) >= SHORT_TURNS_TO_RETURN;
    }

    /**
     * If the turn has taken longer than the limit, frees the lane from this thread, which keeps the
     * entry, and returns the lane; else null. Called by the monitor.
     */
    synchronized Lane leaveLaneIfStuck(long nowNanos) {
        if (current == null
                || replaced
                || own != null
                || nowNanos - turnBeganNanos < loops.turnLimitNanos()) {
            return null;
        }
        replaced = true;
        lane.turnEnds();
        return lane;
    }

    synchronized boolean inTurn() {
        return current != null;
    }

    /** Interrupts the thread if it is in a turn of the entry. */
    synchronized void interruptIfRuns(LoopEntry entry) {
        if (current == entry && thread != null) {
            thread.interrupt();
        }
    }
}
