package io.millrace.coordinator.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One thing that goes wrong. A run's faults are a plain list, so that any of them can be left out.
 *
 * @param target which of the present workers, jobs or tasks, counted round
 * @param durationMs for kinds that last
 */
record Fault(long atMs, Kind kind, int target, long durationMs) {
    /** What can go wrong. */
    enum Kind {
        WORKER_CRASH,
        /** The process stands still and goes on later. */
        WORKER_PAUSE,
        CONNECTION_LOSS,
        SLOW_NETWORK,
        COORDINATOR_CRASH,
        /** Dies with some effects of one event carried out and others not. */
        CRASH_BETWEEN_EFFECTS,
        /** Stands still while another one is elected, then goes on. */
        COORDINATOR_PAUSE,
        WORKERS_REFUSED,
        WORKERS_SLOW,
        COMMIT_FAILS,
        /** The commit took effect, but its answer says that it failed. */
        COMMIT_REPLY_LOST,
        GONE_TWICE,
        TASK_BREAKS,
        USER_CODE_THROWS,
        /** Does not end when it is cancelled. */
        TASK_STUCK,
        ENUMERATOR_THROWS,
        /** A worker cannot take the next checkpoint. */
        CHECKPOINT_DECLINED,
        /** A source's position cannot be taken. */
        POSITION_THROWS,
        /** Manifests can neither be written nor read. */
        STORAGE_FAILS,
        STORAGE_SLOW,
        /** The pointer was written, or was not; its answer is lost. */
        POINTER_REPLY_LOST,
        FILE_DAMAGED,
        /** Of an earlier stage, on the disk of a worker that goes on. */
        RESULT_DAMAGED,
        /** All that runs on a node takes much longer than elsewhere. */
        NODE_SLOW,
        CANCEL,
        SUBMIT_AGAIN
    }

    /** When the last fault may happen. */
    static final int CHAOS_MS = 60_000;

    /** Each seed enables some kinds only, so that rare ones meet undisturbed, too. */
    static List<Fault> schedule(long seed) {
        Dice dice = new Dice(seed, "faults");
        List<Kind> kinds = new ArrayList<>();
        int share = dice.between(10, 60);
        for (Kind kind : Kind.values()) {
            if (kind != Kind.NODE_SLOW && dice.percent(share)) {
                kinds.add(kind);
            }
        }
        List<Fault> faults = new ArrayList<>();
        int count = kinds.isEmpty() ? 0 : dice.between(1, 14);
        for (int i = 0; i < count; i++) {
            faults.add(
                    new Fault(
                            dice.between(100, dice.percent(60) ? CHAOS_MS / 4 : CHAOS_MS),
                            dice.oneOf(kinds),
                            dice.between(0, 100),
                            dice.percent(50)
                                    ? dice.between(100, 3_000)
                                    : dice.between(3_000, 40_000)));
        }
        faults.addAll(slowNodes(seed));
        faults.sort(Comparator.comparingLong(Fault::atMs));
        return List.copyOf(faults);
    }

    /** By chance of their own, beside whatever else goes wrong. */
    private static List<Fault> slowNodes(long seed) {
        Dice dice = new Dice(seed, "slow nodes");
        List<Fault> faults = new ArrayList<>();
        for (int i = dice.percent(50) ? dice.between(1, 4) : 0; i > 0; i--) {
            faults.add(
                    new Fault(
                            dice.between(100, CHAOS_MS / 3),
                            Kind.NODE_SLOW,
                            dice.between(0, 100),
                            dice.between(1_000, 40_000)));
        }
        return faults;
    }
}
