package io.millrace.api.backend;

import io.millrace.api.file.Path;
import io.millrace.api.option.ReadableConfig;
import io.millrace.api.option.TernaryBoolean;

/**
 * State in memory, checkpoints where the engine chooses. They are files all the same, so no size
 * limits them; state is always written while the job goes on.
 *
 * @deprecated use {@link HashMapStateBackend} and {@link JobManagerCheckpointStorage}
 */
@Deprecated
public class MemoryStateBackend extends AbstractFileStateBackend {
    private static final long serialVersionUID = 1L;

    /** Bytes; without effect. */
    public static final int DEFAULT_MAX_STATE_SIZE =
            JobManagerCheckpointStorage.DEFAULT_MAX_STATE_SIZE;

    private final int maxStateSize;
    private final TernaryBoolean asynchronousSnapshots;

    public MemoryStateBackend() {
        this(null, null, DEFAULT_MAX_STATE_SIZE, TernaryBoolean.UNDEFINED);
    }

    public MemoryStateBackend(boolean asynchronousSnapshots) {
        this(null, null, DEFAULT_MAX_STATE_SIZE, TernaryBoolean.fromBoolean(asynchronousSnapshots));
    }

    public MemoryStateBackend(int maxStateSize) {
        this(null, null, maxStateSize, TernaryBoolean.UNDEFINED);
    }

    public MemoryStateBackend(int maxStateSize, boolean asynchronousSnapshots) {
        this(null, null, maxStateSize, TernaryBoolean.fromBoolean(asynchronousSnapshots));
    }

    /**
     * @param checkpointPath null for where the engine chooses
     * @param savepointPath null for none
     */
    public MemoryStateBackend(String checkpointPath, String savepointPath) {
        this(checkpointPath, savepointPath, DEFAULT_MAX_STATE_SIZE, TernaryBoolean.UNDEFINED);
    }

    /**
     * @param checkpointPath null for where the engine chooses
     * @param savepointPath null for none
     * @param maxStateSize bytes, at least 1; without effect
     */
    public MemoryStateBackend(
            String checkpointPath,
            String savepointPath,
            int maxStateSize,
            TernaryBoolean asynchronousSnapshots) {
        super(
                checkpointPath == null ? null : new Path(checkpointPath),
                savepointPath == null ? null : new Path(savepointPath));
        if (maxStateSize <= 0) {
            throw new IllegalArgumentException(
                    "The limit of state is at least 1 byte, not " + maxStateSize + ".");
        }
        this.maxStateSize = maxStateSize;
        this.asynchronousSnapshots = asynchronousSnapshots;
    }

    /** What was given, in bytes. */
    public int getMaxStateSize() {
        return maxStateSize;
    }

    /** What was given; true if nothing was. */
    public boolean isUsingAsynchronousSnapshots() {
        return asynchronousSnapshots.getOrDefault(true);
    }

    /** The same. */
    public MemoryStateBackend configure(ReadableConfig config, ClassLoader classLoader) {
        return this;
    }

    @Override
    public String toString() {
        return "MemoryStateBackend(" + maxStateSize + " bytes)";
    }
}
