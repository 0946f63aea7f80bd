package io.millrace.api.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A place between two durable steps. Does nothing where assertions are off, as in a release; where
 * they are on, a test may ask that something happens there, once: the system property {@value
 * #CRASH_AT} says where, {@value #CRASH_HOW} what. Thread-safe.
 *
 * <p>Each room has a test that visits all its points; one that nobody visits fails it. P1 to P26
 * are the kill points of checkpoints and recovery, see {@code docs/design/fault-points.md}.
 */
public enum FaultPoint {
    /** The directory of an epoch is made, the entries before are not read. */
    JOURNAL_EPOCH_BEGUN(Room.JOURNAL),
    /** An entry is decided, its file not begun. */
    JOURNAL_BEFORE_WRITE(Room.JOURNAL),
    /** The file of an entry is there and empty. */
    JOURNAL_FILE_MADE(Room.JOURNAL),
    /** An entry is durable, whether its writer still leads is not known. */
    JOURNAL_WRITTEN(Room.JOURNAL),
    /** A leader holds the latch, its epoch is not taken. */
    EPOCH_BEFORE_WRITE(Room.LEADERSHIP),
    /** An epoch is taken, its leader does not know. */
    EPOCH_WRITTEN(Room.LEADERSHIP),
    /** An output file is staged, not visible. */
    OUTPUT_BEFORE_RENAME(Room.OUTPUT),
    /** An output file is visible, the coordinator does not know. */
    OUTPUT_RENAMED(Room.OUTPUT),
    /** The directory of a submission is made, without its marker. */
    STAGING_MADE(Room.UPLOAD),
    /** An application's archive is begun. */
    STAGING_UPLOAD_BEGUN(Room.UPLOAD),
    /** The libraries are uploaded under a name of their own, not yet under their hash. */
    LIBRARIES_BEFORE_RENAME(Room.UPLOAD),
    /** The libraries have their name. */
    LIBRARIES_RENAMED(Room.UPLOAD),
    /** The id of a checkpoint is taken, nobody has been asked for anything (P1). */
    CHECKPOINT_ID_TAKEN(Room.CHECKPOINT_FLOW),
    /** An enumerator has given its position, the coordinator does not know (P3). */
    CHECKPOINT_ENUMERATOR_TAKEN(Room.CHECKPOINT_FLOW),
    /** A worker has been told of a checkpoint, others perhaps not (P2). */
    CHECKPOINT_TRIGGER_SENT(Room.CHECKPOINT_FLOW),
    /** A worker's acknowledgement has come, the coordinator has not counted it (P9). */
    CHECKPOINT_ACKNOWLEDGEMENT_CAME(Room.CHECKPOINT_FLOW),
    /** Everybody has acknowledged a checkpoint, its manifest is not begun (P10). */
    CHECKPOINT_BEFORE_MANIFEST(Room.CHECKPOINT_STORE),
    /** Half of a manifest is written (P11). */
    CHECKPOINT_MANIFEST_HALF_WRITTEN(Room.CHECKPOINT_STORE),
    /** A manifest is written, not closed and so perhaps not durable (P12). */
    CHECKPOINT_MANIFEST_BEFORE_CLOSE(Room.CHECKPOINT_STORE),
    /** A manifest is durable, no pointer names it (P13). */
    CHECKPOINT_BEFORE_POINTER(Room.CHECKPOINT_STORE),
    /** A pointer is durable, its writer does not know (P14). */
    CHECKPOINT_POINTER_SENT(Room.CHECKPOINT_STORE),
    /** A pointer is durable, nobody else knows (P15). */
    CHECKPOINT_POINTER_DURABLE(Room.CHECKPOINT_STORE),
    /** The output of one sink is visible, that of others perhaps not (P16; P23 after a crash). */
    COMMIT_SINK_DONE(Room.COMMIT),
    /** All output of a checkpoint is visible, the coordinator does not know (P17). */
    COMMIT_DONE(Room.COMMIT),
    /** A pointer names a checkpoint no more, its files are there (P18). */
    CHECKPOINT_BEFORE_DELETE(Room.CHECKPOINT_STORE),
    /** Some of the files that no checkpoint needs are gone (P19). */
    CHECKPOINT_HALF_DELETED(Room.CHECKPOINT_STORE),
    /** A fork has marked the checkpoint that it starts from, and has read nothing of it. */
    FORK_MARKED(Room.FORK),
    /** A fork has a checkpoint of its own, or has ended, and its mark is there. */
    FORK_BEFORE_UNMARKED(Room.FORK),
    /** A worker knows of a checkpoint, its tasks do not (P2). */
    SNAPSHOT_TRIGGERED(Room.SNAPSHOT),
    /** A source has taken its snapshot, its barrier is not out (P3). */
    SNAPSHOT_SOURCE_TAKEN(Room.SNAPSHOT),
    /** A task has seen a barrier, and waits for others (P4). */
    SNAPSHOT_HALF_ALIGNED(Room.SNAPSHOT),
    /** Some of the records that were on their way are written (P5). */
    SNAPSHOT_CHANNELS_HALF_WRITTEN(Room.SNAPSHOT),
    /** A task has handed over what it holds, nothing of it is written (P6). */
    SNAPSHOT_TAKEN(Room.SNAPSHOT),
    /** Some of a task's state is written (P7). */
    SNAPSHOT_HALF_WRITTEN(Room.SNAPSHOT),
    /** What a sink has prepared is handed over, the coordinator does not know (P8). */
    SNAPSHOT_SINK_PREPARED(Room.SNAPSHOT),
    /** A worker's file is durable, the coordinator does not know (P8). */
    SNAPSHOT_FILE_CLOSED(Room.SNAPSHOT),
    /** A task's input is over and it holds nothing, no checkpoint knows (P26). */
    SNAPSHOT_AFTER_INPUT(Room.SNAPSHOT),
    /** A new leader has read the checkpoints, what they hold is not committed again (P23). */
    RECOVERY_CHECKPOINTS_READ(Room.RECOVERY),
    /** State is dealt out to subtasks, a worker is to be told its part (P25). */
    RECOVERY_DEALT_OUT(Room.RECOVERY),
    /** A worker is told to start tasks from a checkpoint, there is none after it (P24). */
    RECOVERY_DEPLOYED(Room.RECOVERY),
    /** Some of a task's state is read back (P22). */
    RESTORE_HALF_READ(Room.RESTORE),
    /** A task has all its state again and has read no record (P24). */
    RESTORE_DONE(Room.RESTORE),
    /** The file of a sorted run is there and empty. */
    SPILL_RUN_BEGUN(Room.SPILL),
    /** Some blocks of a sorted run are written. */
    SPILL_BLOCK_WRITTEN(Room.SPILL),
    /** A sorted run is written, its sorter does not know. */
    SPILL_RUN_WRITTEN(Room.SPILL),
    /** Some records of a stage's result are on disk, others in memory. */
    RESULT_SPILLED(Room.RESULT),
    /** The data of a result is written, under a name that nobody reads. */
    RESULT_WRITTEN(Room.RESULT),
    /** The index of a result has its name, the data has not. */
    RESULT_INDEXED(Room.RESULT),
    /** A result is whole, the coordinator does not know. */
    RESULT_WHOLE(Room.RESULT),
    /** The data of a result is dropped, the index is there. */
    RESULT_HALF_DROPPED(Room.RESULT),
    /** Stages of a job have finished, the journal does not say so. */
    STAGES_BEFORE_JOURNAL(Room.STAGES),
    /** The journal says which stages have finished, nothing that follows from it is done. */
    STAGES_JOURNALLED(Room.STAGES),
    /** Half of a savepoint's manifest is written, under a name that nobody reads. */
    SAVEPOINT_MANIFEST_HALF_WRITTEN(Room.SAVEPOINT),
    /** A savepoint's manifest is durable, under a name that nobody reads. */
    SAVEPOINT_BEFORE_RENAME(Room.SAVEPOINT),
    /** A savepoint is whole, the coordinator does not know (P20). */
    SAVEPOINT_DURABLE(Room.SAVEPOINT),
    /** The journal says that a job ends with its savepoint, nothing is committed (P21). */
    SAVEPOINT_STOP_DECIDED(Room.SAVEPOINT),
    /** The journal says how an operation ended, nobody has heard of it. */
    SAVEPOINT_OPERATION_ENDED(Room.SAVEPOINT),
    /** A worker has a table of a savepoint, and is about to write another. */
    TABLES_HALF_WRITTEN(Room.TABLES),
    /** All tables of a worker are durable, the coordinator does not know. */
    TABLES_WRITTEN(Room.TABLES),
    /** The journal says that a job is to be rescaled, nothing is begun. */
    RESCALE_ACCEPTED(Room.RESCALE),
    /** A rescale has its slots and its checkpoint, the journal does not say that the job moves. */
    RESCALE_BEFORE_JOURNAL(Room.RESCALE),
    /** The journal says that a job moves to another parallelism, its tasks run as they did. */
    RESCALE_DECIDED(Room.RESCALE),
    /** A job does not run at its new parallelism, the journal does not say that it goes back. */
    RESCALE_TRIAL_FAILED(Room.RESCALE),
    /** The journal says that a job goes back to the parallelism that it had, it has not moved. */
    RESCALE_TAKEN_BACK(Room.RESCALE),
    /** Brokers have all records of a transaction, it is not known that they keep it open (P8). */
    TRANSACTION_FLUSHED(Room.TRANSACTION),
    /** A transaction is prepared, nobody has what commits it (P8). */
    TRANSACTION_PREPARED(Room.TRANSACTION),
    /** A checkpoint is complete, a transaction that it promises is not committed (P16). */
    TRANSACTION_BEFORE_COMMIT(Room.TRANSACTION),
    /** A transaction is committed, whoever asked for it does not know (P16). */
    TRANSACTION_COMMITTED(Room.TRANSACTION),
    /** What earlier attempts left open is aborted, the new attempt has not begun (P24). */
    TRANSACTIONS_LEFT_ABORTED(Room.TRANSACTION),
    /**
     * A source has found splits and where each begins, none is handed out, no checkpoint has them.
     */
    SPLITS_FOUND(Room.SOURCE),
    /** Splits are handed out to a reader, no checkpoint knows whose they are. */
    SPLITS_HANDED_OUT(Room.SOURCE),
    /** A checkpoint is complete, the group of its source does not know how far it has read. */
    OFFSETS_BEFORE_COMMIT(Room.SOURCE),
    /** The group knows how far a source has read, its reader does not know that. */
    OFFSETS_COMMITTED(Room.SOURCE);

    /**
     * System property: the name of the point where something happens, and, behind a colon, how many
     * times it is passed before. Cleared when it happens.
     */
    public static final String CRASH_AT = "millrace.crash-at";

    /**
     * System property: {@code throw} for a {@link SimulatedCrash} in place of the real one; {@code
     * fail} for an {@link IOException}, as if storage did not answer; {@code wait} to stand still
     * until somebody has removed {@link #REACHED_FILE}, or ends the process.
     */
    public static final String CRASH_HOW = "millrace.crash-how";

    /** System property: the file that tells that it has happened; needed by {@code wait} only. */
    public static final String REACHED_FILE = "millrace.crash-reached-file";

    /** As after {@code kill -9}. */
    private static final int KILLED = 137;

    private final Room room;

    FaultPoint(Room room) {
        this.room = room;
    }

    /** Whose steps a point stands between. */
    public enum Room {
        JOURNAL,
        LEADERSHIP,
        OUTPUT,
        UPLOAD,
        CHECKPOINT_FLOW,
        CHECKPOINT_STORE,
        FORK,
        COMMIT,
        SNAPSHOT,
        RECOVERY,
        RESTORE,
        SPILL,
        RESULT,
        STAGES,
        SAVEPOINT,
        TABLES,
        RESCALE,
        TRANSACTION,
        SOURCE
    }

    /** Whose step it is beside. */
    public Room room() {
        return room;
    }

    /** All points of a room. */
    public static List<FaultPoint> of(Room room) {
        return Arrays.stream(values()).filter(point -> point.room == room).toList();
    }

    /** The execution is at this point. */
    public void hit() {
        assert goesOn();
    }

    private boolean goesOn() {
        String wanted = System.getProperty(CRASH_AT);
        if (wanted != null && wanted.startsWith(name()) && isDue()) {
            String reached = System.getProperty(REACHED_FILE);
            if (reached != null) {
                tell(Path.of(reached));
            }
            switch (System.getProperty(CRASH_HOW, "halt")) {
                case "throw" -> throw new SimulatedCrash(this);
                case "fail" -> FaultPoint.<RuntimeException>fail(this);
                case "wait" -> await(Path.of(reached));
                default -> Runtime.getRuntime().halt(KILLED);
            }
        }
        return true;
    }

    /** Counts the times; true for one thread, once. */
    private boolean isDue() {
        synchronized (FaultPoint.class) { // threads come by at the same time
            String[] wanted = System.getProperty(CRASH_AT, "").split(":");
            if (!name().equals(wanted[0])) {
                return false;
            }
            int passes = wanted.length > 1 ? Integer.parseInt(wanted[1]) : 0;
            if (passes == 0) {
                System.clearProperty(CRASH_AT);
                return true;
            }
            System.setProperty(CRASH_AT, name() + ":" + (passes - 1));
            return false;
        }
    }

    /** Every point stands beside work on storage, which may throw this. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void fail(FaultPoint point) throws E {
        throw (E) new IOException("storage does not answer at " + point);
    }

    private static void tell(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Path file) {
        try {
            while (Files.exists(file)) {
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
