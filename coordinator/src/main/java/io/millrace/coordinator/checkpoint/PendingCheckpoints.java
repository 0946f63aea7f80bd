package io.millrace.coordinator.checkpoint;

import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.message.FailureReport;
import java.util.List;
import java.util.TreeMap;

/**
 * The checkpoints and savepoints of one job that are under way, and what the end of one means for
 * the next, for the history, and for who waits. Confined to the coordinator's thread.
 */
final class PendingCheckpoints {
    private static final long NOBODY_WAITS = Long.MAX_VALUE;

    private final CheckpointPace pace;
    private final CheckpointHistory history;
    private final TreeMap<Long, PendingCheckpoint> byId = new TreeMap<>();
    private long awaitedAfter = NOBODY_WAITS;
    private AwaitedCheckpoint awaited; // null while it is not known

    PendingCheckpoints(CheckpointPace pace, CheckpointHistory history) {
        this.pace = pace;
        this.history = history;
    }

    // ---- what there is

    boolean isEmpty() {
        return byId.isEmpty();
    }

    int size() {
        return byId.size();
    }

    /** Null if it is not under way, or not any more. */
    PendingCheckpoint get(long id) {
        return byId.get(id);
    }

    /** All of them, the oldest first; a copy. */
    List<PendingCheckpoint> all() {
        return List.copyOf(byId.values());
    }

    /** Those that were begun before this one; a copy. */
    List<PendingCheckpoint> olderThan(PendingCheckpoint one) {
        return List.copyOf(byId.headMap(one.id()).values());
    }

    /** Null if there is none. */
    PendingCheckpoint oldest() {
        return byId.isEmpty() ? null : byId.firstEntry().getValue();
    }

    // ---- beginning and end

    void begun(PendingCheckpoint one, long nowMs) {
        byId.put(one.id(), one);
        if (!one.isSavepoint()) {
            pace.triggered(nowMs);
            history.triggered();
        }
    }

    /** It is durable. */
    void completed(PendingCheckpoint done, Manifest manifest, long nowMs) {
        ended(done, nowMs);
        history.completed(done, manifest, nowMs);
        if (done.id() > awaitedAfter) {
            awaited = new AwaitedCheckpoint(done.id(), null);
        }
    }

    /** The savepoint is whole, or has been given up. */
    void savepointEnded(PendingCheckpoint done, long nowMs) {
        ended(done, nowMs);
    }

    /** The job ends with the oldest one. */
    long takeOldest() {
        return byId.pollFirstEntry().getKey();
    }

    /**
     * It will never be complete.
     *
     * @param counts whether the job need not bear that for ever
     */
    void lost(PendingCheckpoint lost, FailureReport why, boolean counts, long nowMs) {
        if (lost.isSavepoint()) {
            savepointEnded(lost, nowMs);
            return;
        }
        FailureReport told = FailureReports.ofCheckpoint(lost.id(), why);
        if (counts && lost.id() <= awaitedAfter) { // who waits for it hears of it instead
            history.failed(told);
        } else {
            history.givenUp(told);
        }
        ended(lost, nowMs);
        // One that was overtaken has not failed anybody: the one that came first is awaited, too.
        if (lost.id() > awaitedAfter && byId.isEmpty()) {
            awaited = new AwaitedCheckpoint(lost.id(), why);
        }
    }

    private void ended(PendingCheckpoint one, long nowMs) {
        byId.remove(one.id());
        pace.ended(nowMs);
    }

    // ---- waiting for one

    /** Somebody waits for the next one, which is due now. */
    void await(long highestId, long nowMs) {
        awaitedAfter = highestId;
        awaited = null;
        pace.hurry(nowMs);
    }

    /** Null while it is not known. Told once. */
    AwaitedCheckpoint takeAwaited() {
        AwaitedCheckpoint taken = awaited;
        if (taken != null) {
            awaitedAfter = NOBODY_WAITS;
            awaited = null;
        }
        return taken;
    }
}
