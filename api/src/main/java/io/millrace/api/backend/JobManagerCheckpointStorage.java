package io.millrace.api.backend;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.file.Path;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.ReadableConfig;

/**
 * The engine chooses where checkpoints are: without a directory they are no longer than the cluster
 * that runs the job. They are files all the same, so no size limits them. Immutable.
 */
public class JobManagerCheckpointStorage implements CheckpointStorage {
    private static final long serialVersionUID = 1L;

    /** Bytes; without effect. */
    public static final int DEFAULT_MAX_STATE_SIZE = 5 * 1024 * 1024;

    private final Path checkpointPath; // null for none
    private final Path savepointPath; // null for none
    private final int maxStateSize;

    public JobManagerCheckpointStorage() {
        this(null, null, DEFAULT_MAX_STATE_SIZE);
    }

    /**
     * @param maxStateSize without effect: state is in files
     */
    public JobManagerCheckpointStorage(int maxStateSize) {
        this(null, null, maxStateSize);
    }

    /**
     * @param checkpointDirectory where checkpoints are written
     */
    public JobManagerCheckpointStorage(String checkpointDirectory) {
        this(new Path(checkpointDirectory), DEFAULT_MAX_STATE_SIZE);
    }

    /**
     * @param checkpointDirectory where checkpoints are written
     * @param maxStateSize without effect: state is in files
     */
    public JobManagerCheckpointStorage(Path checkpointDirectory, int maxStateSize) {
        this(checkpointDirectory, null, maxStateSize);
    }

    private JobManagerCheckpointStorage(
            Path checkpointDirectory, Path savepointDirectory, int maxStateSize) {
        if (maxStateSize <= 0) {
            throw new IllegalArgumentException(
                    "The limit of state is at least 1 byte, not " + maxStateSize + ".");
        }
        this.checkpointPath = checkpointDirectory;
        this.savepointPath = savepointDirectory;
        this.maxStateSize = maxStateSize;
    }

    /** What was given, in bytes; without effect. */
    public int getMaxStateSize() {
        return maxStateSize;
    }

    /** Null if none was given. */
    public Path getCheckpointPath() {
        return checkpointPath;
    }

    /** Null if none is configured. */
    public Path getSavepointPath() {
        return savepointPath;
    }

    /** The same, with what {@code config} says of what was not given. */
    public JobManagerCheckpointStorage configure(ReadableConfig config, ClassLoader classLoader) {
        return new JobManagerCheckpointStorage(
                checkpointPath != null
                        ? checkpointPath
                        : config.getOptional(ConfigOption.of(CheckpointOptions.DIRECTORY))
                                .map(Path::new)
                                .orElse(null),
                config.getOptional(ConfigOption.of(CheckpointOptions.SAVEPOINT_DIRECTORY))
                        .map(Path::new)
                        .orElse(savepointPath),
                maxStateSize);
    }

    public static JobManagerCheckpointStorage createFromConfig(
            ReadableConfig config, ClassLoader classLoader) {
        return new JobManagerCheckpointStorage().configure(config, classLoader);
    }

    @Override
    public void writeTo(Configuration values) {
        values.set(CheckpointOptions.STORAGE, "jobmanager");
        if (checkpointPath != null) {
            values.set(CheckpointOptions.DIRECTORY, checkpointPath.toString());
        }
    }

    @Override
    public String toString() {
        return "JobManagerCheckpointStorage("
                + (checkpointPath == null ? "a directory of the engine's" : checkpointPath)
                + ")";
    }
}
