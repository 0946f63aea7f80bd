package io.millrace.api.fault;

import java.util.Arrays;
import java.util.List;

/**
 * A place between two durable steps. Does nothing where assertions are off, as in a release; where
 * they are on, a test may ask that the process ends there, once, by the system property {@value
 * #CRASH_AT}. Thread-safe.
 *
 * <p>Each room has a test that visits all its points; one that nobody visits fails it.
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
    /** A pointer is durable, nobody else knows, the manifest is not marked (P15). */
    CHECKPOINT_POINTER_DURABLE(Room.CHECKPOINT_STORE),
    /** A manifest is marked as complete, nobody knows (P15). */
    CHECKPOINT_MARKED(Room.CHECKPOINT_STORE),
    /** A pointer names a checkpoint no more, its files are there (P18). */
    CHECKPOINT_BEFORE_DELETE(Room.CHECKPOINT_STORE),
    /** Some of the files that no checkpoint needs are gone (P19). */
    CHECKPOINT_HALF_DELETED(Room.CHECKPOINT_STORE),
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
    SNAPSHOT_AFTER_INPUT(Room.SNAPSHOT);

    /** System property: the name of the point where the process ends. Cleared when it does. */
    public static final String CRASH_AT = "millrace.crash-at";

    /** System property: {@code throw} for a {@link SimulatedCrash} in place of the real one. */
    public static final String CRASH_HOW = "millrace.crash-how";

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
        CHECKPOINT_STORE,
        SNAPSHOT
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
        if (name().equals(System.getProperty(CRASH_AT))) {
            System.clearProperty(CRASH_AT);
            if ("throw".equals(System.getProperty(CRASH_HOW))) {
                throw new SimulatedCrash(this);
            }
            Runtime.getRuntime().halt(KILLED);
        }
        return true;
    }
}
