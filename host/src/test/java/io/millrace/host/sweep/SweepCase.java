package io.millrace.host.sweep;

import io.millrace.api.fault.FaultPoint;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What happens in one run. Immutable.
 *
 * @param point where
 * @param fault what
 * @param rescaled whether the state that is restored is that of a job with another parallelism
 * @param topologies whether the sinks have operators before and behind their committers
 */
public record SweepCase(
        FaultPoint point,
        Fault fault,
        Backend backend,
        boolean unaligned,
        boolean rescaled,
        boolean topologies) {
    /** What happens at the point. */
    public enum Fault {
        WORKER_DIES,
        COORDINATOR_DIES,
        BOTH_DIE,
        /** The thread stands still for longer than a checkpoint may take. */
        DELAY,
        /** The work that the point is beside fails. */
        STORAGE_FAILS
    }

    public enum Backend {
        HEAP("hashmap", true),
        ROCKSDB_FULL("rocksdb", false),
        ROCKSDB_INCREMENTAL("rocksdb", true);

        private final String type;
        private final boolean incremental;

        Backend(String type, boolean incremental) {
            this.type = type;
            this.incremental = incremental;
        }
    }

    /** What happens before, so that something is restored. */
    enum Prelude {
        NOTHING,
        WORKER_DIES,
        COORDINATOR_DIES,
        /** All die; another application starts from the latest checkpoint. */
        RESCALED
    }

    private static final Set<FaultPoint.Room> OF_COORDINATOR =
            EnumSet.of(
                    FaultPoint.Room.CHECKPOINT_FLOW,
                    FaultPoint.Room.CHECKPOINT_STORE,
                    FaultPoint.Room.COMMIT,
                    FaultPoint.Room.OUTPUT,
                    FaultPoint.Room.RECOVERY,
                    FaultPoint.Room.SAVEPOINT,
                    FaultPoint.Room.RESCALE);
    private static final Set<FaultPoint.Room> OF_WORKER =
            EnumSet.of(FaultPoint.Room.SNAPSHOT, FaultPoint.Room.RESTORE, FaultPoint.Room.TABLES);

    /** Of sources and transactions: those of tasks; the others are of enumerators, committers. */
    private static final Set<FaultPoint> OF_TASKS =
            EnumSet.of(
                    FaultPoint.TRANSACTION_FLUSHED,
                    FaultPoint.TRANSACTION_PREPARED,
                    FaultPoint.TRANSACTIONS_LEFT_ABORTED,
                    FaultPoint.OFFSETS_BEFORE_COMMIT,
                    FaultPoint.OFFSETS_COMMITTED);

    /** Where an exception of storage is what the code has to expect. */
    private static final Set<FaultPoint> BESIDE_STORAGE =
            EnumSet.of(
                    FaultPoint.OUTPUT_BEFORE_RENAME,
                    FaultPoint.OUTPUT_RENAMED,
                    FaultPoint.CHECKPOINT_MANIFEST_HALF_WRITTEN,
                    FaultPoint.CHECKPOINT_MANIFEST_BEFORE_CLOSE,
                    FaultPoint.CHECKPOINT_POINTER_SENT,
                    FaultPoint.COMMIT_SINK_DONE,
                    FaultPoint.COMMIT_DONE,
                    FaultPoint.SNAPSHOT_TAKEN,
                    FaultPoint.SNAPSHOT_CHANNELS_HALF_WRITTEN,
                    FaultPoint.SNAPSHOT_HALF_WRITTEN,
                    FaultPoint.SNAPSHOT_SINK_PREPARED,
                    FaultPoint.RESTORE_HALF_READ,
                    FaultPoint.SAVEPOINT_MANIFEST_HALF_WRITTEN,
                    FaultPoint.SAVEPOINT_BEFORE_RENAME,
                    FaultPoint.TABLES_HALF_WRITTEN,
                    FaultPoint.TABLES_WRITTEN,
                    FaultPoint.TRANSACTION_BEFORE_COMMIT,
                    FaultPoint.TRANSACTION_COMMITTED,
                    FaultPoint.SPLITS_FOUND,
                    FaultPoint.OFFSETS_BEFORE_COMMIT);

    /** All points that checkpoints, operations and recovery pass in a job without Hadoop. */
    static List<FaultPoint> points() {
        List<FaultPoint> points = new ArrayList<>();
        for (FaultPoint.Room room : FaultPoint.Room.values()) {
            if (OF_COORDINATOR.contains(room) || OF_WORKER.contains(room)) {
                points.addAll(FaultPoint.of(room));
            }
        }
        return points;
    }

    /**
     * The whole sweep: who dies at every point with every kind of state and barriers; everything
     * else that may happen there, and sinks with operators around their committers, with one of
     * them, another one at each point.
     */
    static List<SweepCase> all() {
        return all(points());
    }

    /** The same of other points. */
    public static List<SweepCase> all(List<FaultPoint> points) {
        List<SweepCase> all = new ArrayList<>();
        for (FaultPoint point : points) {
            for (Fault fault : Fault.values()) {
                boolean oneDies = fault == Fault.WORKER_DIES || fault == Fault.COORDINATOR_DIES;
                List<SweepCase> variants = variants(point, fault, false);
                List<SweepCase> rescaled = variants(point, fault, true);
                int turn = point.ordinal() + fault.ordinal();
                if (oneDies) {
                    all.addAll(variants);
                } else if (!variants.isEmpty()) {
                    all.add(variants.get(turn % variants.size()));
                }
                if (oneDies && !variants.isEmpty() && variants.get(0).request() == Request.NONE) {
                    all.add(variants.get((turn + 1) % variants.size()).withTopologies());
                }
                if (oneDies && !rescaled.isEmpty()) {
                    all.add(rescaled.get(turn % rescaled.size()));
                    all.add(rescaled.get((turn + rescaled.size() / 2) % rescaled.size()));
                }
            }
        }
        return all;
    }

    private static List<SweepCase> variants(FaultPoint point, Fault fault, boolean rescaled) {
        List<SweepCase> variants = new ArrayList<>();
        for (Backend backend : Backend.values()) {
            for (boolean unaligned : new boolean[] {false, true}) {
                SweepCase one = new SweepCase(point, fault, backend, unaligned, rescaled, false);
                if (one.makesSense()) {
                    variants.add(one);
                }
            }
        }
        return variants;
    }

    private SweepCase withTopologies() {
        return new SweepCase(point, fault, backend, unaligned, rescaled, true);
    }

    private boolean makesSense() {
        boolean reached = point != FaultPoint.SNAPSHOT_CHANNELS_HALF_WRITTEN || unaligned;
        // A savepoint is aligned in any case, and waits for all records that were read ahead.
        boolean isWrittenInTime = fault != Fault.DELAY || !unaligned || !request().isSavepoint();
        return reached
                && isWrittenInTime
                && (fault != Fault.STORAGE_FAILS || BESIDE_STORAGE.contains(point))
                && (!rescaled || mayBeRescaled());
    }

    private boolean restores() {
        return point.room() == FaultPoint.Room.RECOVERY
                || point.room() == FaultPoint.Room.RESTORE
                || point == FaultPoint.TRANSACTIONS_LEFT_ABORTED;
    }

    /** A leader of a new job reads no pointer. */
    private boolean mayBeRescaled() {
        return restores() && point != FaultPoint.RECOVERY_CHECKPOINTS_READ;
    }

    /** What somebody asks of the job, so that the point is passed. */
    Request request() {
        int turn = backend.ordinal() + (unaligned ? 1 : 0);
        return switch (point) {
            case SAVEPOINT_MANIFEST_HALF_WRITTEN, SAVEPOINT_BEFORE_RENAME, SAVEPOINT_DURABLE ->
                    List.of(Request.SAVEPOINT, Request.STOP, Request.TABLES).get(turn % 3);
            case TABLES_HALF_WRITTEN, TABLES_WRITTEN -> Request.TABLES;
            case SAVEPOINT_STOP_DECIDED -> Request.STOP;
            case SAVEPOINT_OPERATION_ENDED ->
                    List.of(Request.SAVEPOINT, Request.STOP, Request.RESCALE).get(turn % 3);
            case RESCALE_ACCEPTED, RESCALE_BEFORE_JOURNAL, RESCALE_DECIDED -> Request.RESCALE;
            case RESCALE_TRIAL_FAILED, RESCALE_TAKEN_BACK -> Request.RESCALE_IN_VAIN;
            default -> Request.NONE;
        };
    }

    /**
     * How it ends if the leader dies at the point and nothing else happens: what is not decided
     * then has failed, what is decided is done. Null if either is right.
     */
    String outcome() {
        if (fault != Fault.COORDINATOR_DIES) {
            return request() == Request.RESCALE_IN_VAIN ? Request.FAILED : null;
        }
        return switch (point) {
            case SAVEPOINT_MANIFEST_HALF_WRITTEN,
                    SAVEPOINT_BEFORE_RENAME,
                    RESCALE_ACCEPTED,
                    RESCALE_BEFORE_JOURNAL,
                    RESCALE_TRIAL_FAILED,
                    RESCALE_TAKEN_BACK ->
                    Request.FAILED;
            case SAVEPOINT_DURABLE ->
                    request() == Request.STOP ? Request.FAILED : Request.COMPLETED;
            case SAVEPOINT_STOP_DECIDED, SAVEPOINT_OPERATION_ENDED, RESCALE_DECIDED ->
                    Request.COMPLETED;
            default -> null;
        };
    }

    /** Savepoints wait longer for records. */
    private long timeoutMs() {
        return request().isSavepoint() ? 20_000 : 5_000;
    }

    /** How long who stands still does so. A coordinator's thread must not look dead by it. */
    long standsMs() {
        boolean whileItIsStored =
                point == FaultPoint.SAVEPOINT_MANIFEST_HALF_WRITTEN
                        || point == FaultPoint.SAVEPOINT_BEFORE_RENAME
                        || point == FaultPoint.SAVEPOINT_DURABLE;
        return whileItIsStored ? timeoutMs() + 1_000 : 6_000;
    }

    /** Whether a worker comes to the point; sinks that are told of commits commit in tasks. */
    boolean isOfWorker() {
        return OF_WORKER.contains(point.room())
                || OF_TASKS.contains(point)
                || topologies && point.room() == FaultPoint.Room.OUTPUT;
    }

    Prelude prelude(Random random) {
        if (rescaled) {
            return Prelude.RESCALED;
        }
        if (!restores()) {
            return Prelude.NOTHING;
        }
        boolean isOfNewProcesses =
                point == FaultPoint.RECOVERY_CHECKPOINTS_READ
                        || point
                                == FaultPoint.TRANSACTIONS_LEFT_ABORTED; // first attempts pass, too
        return isOfNewProcesses || random.nextBoolean()
                ? Prelude.COORDINATOR_DIES
                : Prelude.WORKER_DIES;
    }

    /** How often the point is passed before something happens there. */
    int passes(Random random) {
        return switch (point) {
            case SNAPSHOT_AFTER_INPUT, RECOVERY_CHECKPOINTS_READ, RESTORE_DONE, SPLITS_FOUND -> 0;
            case SPLITS_HANDED_OUT -> random.nextInt(2); // once for each reader
            case TRANSACTIONS_LEFT_ABORTED -> random.nextInt(2); // once for each sink
            // Once for each that is asked for.
            case SAVEPOINT_MANIFEST_HALF_WRITTEN,
                    SAVEPOINT_BEFORE_RENAME,
                    SAVEPOINT_DURABLE,
                    SAVEPOINT_STOP_DECIDED,
                    SAVEPOINT_OPERATION_ENDED,
                    RESCALE_ACCEPTED,
                    RESCALE_BEFORE_JOURNAL,
                    RESCALE_DECIDED,
                    RESCALE_TRIAL_FAILED,
                    RESCALE_TAKEN_BACK,
                    TABLES_HALF_WRITTEN,
                    TABLES_WRITTEN ->
                    0;
            // Once for each worker; the only one, if all state comes to one subtask.
            case RECOVERY_DEALT_OUT, RECOVERY_DEPLOYED -> rescaled ? 0 : random.nextInt(2);
            case RESTORE_HALF_READ -> random.nextInt(2);
            // Where records are read ahead of slow functions, sources are soon through.
            case SNAPSHOT_SOURCE_TAKEN -> random.nextInt(2);
            case CHECKPOINT_BEFORE_DELETE, CHECKPOINT_HALF_DELETED -> random.nextInt(2);
            default -> random.nextInt(4);
        };
    }

    /** Whether it happens when the job has nothing left to do. */
    boolean isOfTheEnd() {
        return point == FaultPoint.SNAPSHOT_AFTER_INPUT;
    }

    Map<String, String> options(int parallelism) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("parallelism.default", String.valueOf(parallelism));
        options.put("execution.checkpointing.interval", "50 ms");
        options.put("execution.checkpointing.num-retained", "2");
        options.put("execution.checkpointing.incremental", String.valueOf(backend.incremental));
        options.put("execution.checkpointing.unaligned.enabled", String.valueOf(unaligned));
        // Of each back end one way is with files, the other with state in manifests.
        boolean files =
                point.room() == FaultPoint.Room.TABLES || unaligned == (backend.ordinal() % 2 == 0);
        options.put("execution.checkpointing.data-inline-threshold", files ? "0" : "20 kb");
        // Tables are of each task, written as their rows come, or of all that a worker has.
        options.put(
                "execution.checkpointing.savepoint-own-file-threshold", unaligned ? "0" : "32 mb");
        if (unaligned) {
            options.put("execution.checkpointing.aligned-checkpoint-timeout", "0 ms");
        }
        if (fault == Fault.DELAY) {
            options.put("execution.checkpointing.timeout", timeoutMs() + " ms");
            options.put("execution.checkpointing.tolerable-failed-checkpoints", "100");
        }
        options.put("state.backend.type", backend.type);
        options.put("restart.strategy", "fixed-delay");
        options.put("restart.attempts", "1000");
        options.put("restart.delay", "10 ms");
        options.put("commit.retry-delay", "20 ms");
        options.put("worker.slots", "1");
        options.put("heartbeat.interval", "500 ms");
        options.put("heartbeat.timeout", "10 s");
        return options;
    }

    /** The same for the same case and base, whatever else is run. */
    long seed(long base) {
        return base * 31 + toString().hashCode();
    }

    @Override
    public String toString() {
        String name =
                String.join(
                        "/",
                        point.name(),
                        fault.name().toLowerCase(Locale.ROOT),
                        backend.name().toLowerCase(Locale.ROOT),
                        unaligned ? "unaligned" : "aligned",
                        rescaled ? "rescaled" : "same");
        return topologies ? name + "/topologies" : name; // seeds are made of it
    }
}
